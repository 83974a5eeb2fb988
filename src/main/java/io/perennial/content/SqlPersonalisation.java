package io.perennial.content;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** {@link Personalisation} from the customers' tables: two statements for each thousand customers. */
@Service
@TenantSql("Reads a few columns of customers, summaries and order lines for many customers at a time; entities would "
        + "load whole graphs. Every statement takes the tenant.")
class SqlPersonalisation implements Personalisation {

    private static final int BATCH = 1_000;

    private static final String CUSTOMERS = """
            SELECT c.id, c.first_name, c.last_name, c.email, c.city, c.birthday, s.orders, s.value, s.last_order_at
            FROM customer c
            LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id
            WHERE c.tenant_id = :tenant AND c.id IN (:ids)
            """;

    /** The dearest line of the latest valid order, and the category that most was spent on. */
    private static final String FAVOURITES = """
            WITH line AS (
                SELECT o.customer_id, l.order_id, l.line_no, l.ordered_at, l.product, l.category, l.net_value
                FROM customer_order o
                JOIN order_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
                WHERE o.tenant_id = :tenant AND o.customer_id IN (:ids) AND o.status = 'PAID' AND o.net_value > 0
            ), latest AS (
                SELECT customer_id, product, ROW_NUMBER() OVER (PARTITION BY customer_id
                    ORDER BY ordered_at DESC, order_id DESC, net_value DESC, line_no) AS place
                FROM line
            ), spent AS (
                SELECT customer_id, category, ROW_NUMBER() OVER (PARTITION BY customer_id
                    ORDER BY SUM(net_value) DESC, COUNT(*) DESC, category) AS place
                FROM line WHERE category IS NOT NULL GROUP BY customer_id, category
            )
            SELECT customer_id, 'last_product' AS fact, product AS value FROM latest WHERE place = 1
            UNION ALL
            SELECT customer_id, 'favourite_category' AS fact, category AS value FROM spent WHERE place = 1
            """;

    private final JdbcClient jdbc;
    private final Businesses businesses;

    SqlPersonalisation(JdbcClient jdbc, Businesses businesses) {
        this.jdbc = jdbc;
        this.businesses = businesses;
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<CustomerId, Map<String, Object>> models(Collection<CustomerId> customers) {
        return models(customers, Set.of("orders"));
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<CustomerId, Map<String, Object>> models(Collection<CustomerId> customers, Set<String> variables) {
        boolean favourites = variables.stream().anyMatch(SqlPersonalisation::needsFavourites);
        Business business = businesses.current();
        List<Long> ids =
                customers.stream().map(CustomerId::value).distinct().sorted().toList();
        Map<CustomerId, Map<String, Object>> models = new LinkedHashMap<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            addBatch(business, ids.subList(from, Math.min(ids.size(), from + BATCH)), favourites, models);
        }
        return models;
    }

    /** Whether order lines must be read: they cost more than all the rest of a model. */
    private static boolean needsFavourites(String variable) {
        return variable.equals("orders")
                || variable.startsWith("orders[")
                || variable.startsWith("orders.last_product")
                || variable.startsWith("orders.favourite_category");
    }

    private void addBatch(
            Business business, List<Long> ids, boolean withFavourites, Map<CustomerId, Map<String, Object>> models) {
        Map<Long, Map<String, String>> favourites = withFavourites ? favourites(business, ids) : Map.of();
        jdbc.sql(CUSTOMERS)
                .param("tenant", business.id().value())
                .param("ids", ids)
                .query(rs -> {
                    CustomerId id = new CustomerId(rs.getLong("id"));
                    models.put(id, model(business, rs, favourites.getOrDefault(id.value(), Map.of())));
                });
    }

    private Map<Long, Map<String, String>> favourites(Business business, List<Long> ids) {
        Map<Long, Map<String, String>> favourites = new HashMap<>();
        jdbc.sql(FAVOURITES)
                .param("tenant", business.id().value())
                .param("ids", ids)
                .query(rs -> {
                    favourites
                            .computeIfAbsent(rs.getLong("customer_id"), id -> new HashMap<>())
                            .put(rs.getString("fact"), rs.getString("value"));
                });
        return favourites;
    }

    private static Map<String, Object> model(Business business, ResultSet rs, Map<String, String> favourites)
            throws SQLException {
        Map<String, Object> customer = new HashMap<>();
        put(customer, "first_name", rs.getString("first_name"));
        put(customer, "last_name", rs.getString("last_name"));
        put(customer, "email", rs.getString("email"));
        put(customer, "city", rs.getString("city"));
        put(customer, "birthday", rs.getObject("birthday", LocalDate.class));
        Map<String, Object> orders = new HashMap<>(favourites);
        orders.put("count", rs.getInt("orders"));
        BigDecimal value = rs.getBigDecimal("value");
        orders.put("value", value == null ? BigDecimal.ZERO : value);
        LocalDateTime last = rs.getObject("last_order_at", LocalDateTime.class);
        put(
                orders,
                "last_date",
                last == null
                        ? null
                        : last.atOffset(ZoneOffset.UTC)
                                .atZoneSameInstant(business.zone())
                                .toLocalDate());
        Map<String, Object> model = new HashMap<>();
        model.put("customer", customer);
        model.put("orders", orders);
        model.put("business", of(business));
        return model;
    }

    /** A missing value is left out, so that {@code default} and {@code if} see it as missing; so is a blank one. */
    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null && !(value instanceof String text && text.isBlank())) {
            map.put(name, value);
        }
    }

    static Map<String, Object> of(Business business) {
        Map<String, Object> map = new HashMap<>();
        map.put("name", business.name());
        String address = business.postalAddress();
        if (address != null) {
            // On one line: mail footers have no room for more, and HTML would join the lines without commas.
            List<String> lines = new ArrayList<>();
            address.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
            map.put("postal_address", String.join(", ", lines));
        }
        put(map, "website", business.website());
        return map;
    }
}
