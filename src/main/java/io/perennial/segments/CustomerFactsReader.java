package io.perennial.segments;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.kernel.CustomerId;
import io.perennial.segments.CustomerFacts.Consent;
import io.perennial.segments.CustomerFacts.Deed;
import io.perennial.segments.CustomerFacts.Line;
import io.perennial.segments.CustomerFacts.Order;
import io.perennial.segments.CustomerFacts.Person;
import io.perennial.segments.CustomerFacts.Summary;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads all that rules may ask of one customer of the current tenant: each table once, by the customer's key. */
@Component
@TenantSql("Reads one customer's rows of many tables as plain values; each statement names the tenant.")
class CustomerFactsReader {

    private final JdbcClient jdbc;
    private final ObjectProvider<ActivitySource> sources;

    CustomerFactsReader(JdbcClient jdbc, ObjectProvider<ActivitySource> sources) {
        this.jdbc = jdbc;
        this.sources = sources;
    }

    /** Nothing if there is no such customer, or no more. */
    Optional<CustomerFacts> read(CustomerId customer) {
        long tenant = CurrentTenant.require().value();
        long id = customer.value();
        return jdbc.sql("SELECT c.*, x.reason, s.customer_id AS summarised, s.orders, s.order_days, s.value, "
                        + "s.first_order_at, s.last_order_at, s.rfm_recency, s.rfm_frequency, s.rfm_monetary, "
                        + "s.churn_risk, s.clv FROM customer c "
                        + "LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id AND s.customer_id = c.id "
                        + "LEFT JOIN suppression x ON x.tenant_id = c.tenant_id "
                        + "AND x.email_hash = UNHEX(SHA2(c.email, 256)) "
                        + "WHERE c.tenant_id = ? AND c.id = ? AND c.erased_at IS NULL")
                .params(tenant, id)
                .query((rs, n) -> new CustomerFacts(
                        id,
                        person(rs),
                        instant(rs, "created_at"),
                        new HashSet<>(tags(tenant, id)),
                        consents(tenant, id),
                        rs.getString("reason") == null ? null : SuppressionReason.valueOf(rs.getString("reason")),
                        rs.getObject("summarised") == null ? null : summary(rs),
                        orders(tenant, id),
                        attributes(tenant, id),
                        activities(tenant, id),
                        lists(tenant, id)))
                .optional();
    }

    private static Person person(ResultSet rs) throws SQLException {
        return new Person(
                rs.getString("first_name"),
                rs.getString("last_name"),
                rs.getString("email"),
                rs.getString("phone"),
                rs.getString("external_id"),
                rs.getString("gender"),
                rs.getObject("birthday", LocalDate.class),
                rs.getString("city"),
                rs.getString("country"),
                rs.getString("locale"),
                rs.getString("zone"));
    }

    private static Summary summary(ResultSet rs) throws SQLException {
        return new Summary(
                rs.getInt("orders"),
                rs.getInt("order_days"),
                rs.getBigDecimal("value"),
                maybeInstant(rs, "first_order_at"),
                maybeInstant(rs, "last_order_at"),
                rs.getObject("rfm_recency", Integer.class),
                rs.getObject("rfm_frequency", Integer.class),
                rs.getObject("rfm_monetary", Integer.class),
                rs.getObject("churn_risk", Double.class),
                rs.getBigDecimal("clv"));
    }

    private List<String> tags(long tenant, long id) {
        return jdbc.sql("SELECT tag FROM customer_tag WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant, id)
                .query((rs, n) -> rs.getString(1))
                .list();
    }

    private List<Consent> consents(long tenant, long id) {
        return jdbc.sql("SELECT topic, status, at FROM consent WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant, id)
                .query((rs, n) -> new Consent(
                        rs.getString("topic"), rs.getString("status").equals("GRANTED"), instant(rs, "at")))
                .list();
    }

    private List<Order> orders(long tenant, long id) {
        Map<Long, List<Line>> lines = new HashMap<>();
        jdbc.sql("SELECT l.order_id, l.sku, l.product, l.category, l.quantity, l.net_value FROM customer_order o "
                        + "JOIN order_line l ON l.tenant_id = o.tenant_id AND l.order_id = o.id "
                        + "WHERE o.tenant_id = ? AND o.customer_id = ?")
                .params(tenant, id)
                .query(rs -> {
                    lines.computeIfAbsent(rs.getLong("order_id"), order -> new ArrayList<>())
                            .add(new Line(
                                    rs.getString("sku"),
                                    rs.getString("product"),
                                    rs.getString("category"),
                                    rs.getBigDecimal("quantity"),
                                    rs.getBigDecimal("net_value")));
                });
        return jdbc.sql("SELECT id, ordered_at, ordered_on, status, net_value, refunded FROM customer_order "
                        + "WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant, id)
                .query((rs, n) -> new Order(
                        rs.getLong("id"),
                        instant(rs, "ordered_at"),
                        rs.getObject("ordered_on", LocalDate.class),
                        rs.getString("status"),
                        rs.getBigDecimal("net_value"),
                        rs.getBigDecimal("refunded"),
                        lines.getOrDefault(rs.getLong("id"), List.of())))
                .list();
    }

    private Map<Long, AttributeValue> attributes(long tenant, long id) {
        Map<Long, AttributeValue> values = new HashMap<>();
        Map<Long, Set<Integer>> chosen = new HashMap<>();
        // Four tables of few rows each, by their clustered keys.
        jdbc.sql("SELECT attribute_id, value FROM customer_text WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant, id)
                .query(rs -> {
                    values.put(rs.getLong(1), new AttributeValue.Text(rs.getString(2)));
                });
        jdbc.sql("SELECT attribute_id, value FROM customer_number WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant, id)
                .query(rs -> {
                    values.put(rs.getLong(1), new AttributeValue.Number(rs.getBigDecimal(2)));
                });
        jdbc.sql("SELECT attribute_id, value FROM customer_date WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant, id)
                .query(rs -> {
                    values.put(rs.getLong(1), new AttributeValue.Day(rs.getObject(2, LocalDate.class)));
                });
        jdbc.sql("SELECT v.attribute_id, v.choice, a.type FROM customer_choice v JOIN customer_attribute a "
                        + "ON a.tenant_id = v.tenant_id AND a.id = v.attribute_id "
                        + "WHERE v.tenant_id = ? AND v.customer_id = ?")
                .params(tenant, id)
                .query(rs -> {
                    if (rs.getString(3).equals("YES_NO")) {
                        values.put(rs.getLong(1), new AttributeValue.YesNo(rs.getInt(2) == 1));
                    } else {
                        chosen.computeIfAbsent(rs.getLong(1), attribute -> new HashSet<>())
                                .add(rs.getInt(2));
                    }
                });
        chosen.forEach((attribute, numbers) -> values.put(attribute, new AttributeValue.Choices(numbers)));
        return values;
    }

    private Map<String, List<Deed>> activities(long tenant, long id) {
        Map<String, List<Deed>> all = new HashMap<>();
        sources.orderedStream()
                .flatMap(source -> source.kinds().stream())
                .forEach(kind -> all.put(kind.name(), deeds(kind, tenant, id)));
        return all;
    }

    private Set<SegmentId> lists(long tenant, long id) {
        return new HashSet<>(jdbc.sql("SELECT segment_id FROM segment_listed WHERE tenant_id = ? AND customer_id = ?")
                .params(tenant, id)
                .query((rs, n) -> new SegmentId(rs.getLong(1)))
                .list());
    }

    private List<Deed> deeds(ActivityKind kind, long tenant, long id) {
        return jdbc.sql("SELECT " + kind.at() + " AS happened, " + kind.thing() + " AS thing, "
                        + Objects.requireNonNullElse(kind.about(), "NULL") + " AS about, "
                        + Objects.requireNonNullElse(kind.detail(), "NULL") + " AS detail FROM " + kind.from()
                        + " WHERE "
                        + kind.where() + " AND " + kind.customer() + " = ?")
                .params(tenant, id)
                .query((rs, n) -> new Deed(
                        instant(rs, "happened"),
                        rs.getLong("thing"),
                        rs.getObject("about", Long.class),
                        rs.getObject("detail", Long.class)))
                .list();
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant maybeInstant(ResultSet rs, String column) throws SQLException {
        LocalDateTime utc = rs.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
