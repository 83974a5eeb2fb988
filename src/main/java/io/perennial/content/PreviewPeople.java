package io.perennial.content;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People to see a template as: the tenant's customers, and two who strain it. */
@Service
@TenantSql("A search over three columns for a list box; every statement takes the tenant.")
public class PreviewPeople {

    /** Somebody to see a template as. */
    public sealed interface Person {

        /** A customer of the business. */
        record Real(CustomerId id, String label) implements Person {}

        /** Nothing known but an address. */
        record Nameless() implements Person {}

        /** Everything as long as it gets, with characters that break careless templates. */
        record Longest() implements Person {}
    }

    private static final List<Person> STRAINS = List.of(new Person.Nameless(), new Person.Longest());

    private final JdbcClient jdbc;
    private final Businesses businesses;
    private final Personalisation personalisation;

    PreviewPeople(JdbcClient jdbc, Businesses businesses, Personalisation personalisation) {
        this.jdbc = jdbc;
        this.businesses = businesses;
        this.personalisation = personalisation;
    }

    /**
     * The two strains first, then customers whose name or address begins with {@code search}.
     *
     * @param search empty for all
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<Person> search(String search, int offset, int limit) {
        List<Person> people = new ArrayList<>();
        int strains = search.isBlank() ? STRAINS.size() : 0;
        for (int i = offset; i < strains && people.size() < limit; i++) {
            people.add(STRAINS.get(i));
        }
        int from = Math.max(0, offset - strains);
        if (people.size() < limit) {
            people.addAll(customers(search.strip(), from, limit - people.size()));
        }
        return people;
    }

    private List<Person> customers(String search, int offset, int limit) {
        String like = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        return jdbc.sql("SELECT id, first_name, last_name, email FROM customer WHERE tenant_id = :tenant"
                        + " AND (:all OR email LIKE :like OR last_name LIKE :like OR first_name LIKE :like)"
                        + " ORDER BY tenant_id, last_name, first_name, id LIMIT :limit OFFSET :offset")
                .param("tenant", CurrentTenant.require().value())
                .param("all", search.isEmpty())
                .param("like", like)
                .param("limit", limit)
                .param("offset", offset)
                .query(PreviewPeople::person)
                .list();
    }

    private static Person person(ResultSet rs, int row) throws SQLException {
        CustomerId id = new CustomerId(rs.getLong("id"));
        String first = rs.getString("first_name");
        String last = rs.getString("last_name");
        String name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        String email = rs.getString("email");
        String label =
                name.isEmpty() ? (email == null ? id.toString() : email) : email == null ? name : name + ", " + email;
        return new Person.Real(id, label);
    }

    /** The first customer, to begin with; {@link Person.Longest} where there is none. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Person first() {
        List<Person> some = jdbc.sql(
                        "SELECT id, first_name, last_name, email FROM customer WHERE tenant_id = ? AND first_name IS NOT NULL"
                                + " ORDER BY tenant_id, id LIMIT 1")
                .param(CurrentTenant.require().value())
                .query(PreviewPeople::person)
                .list();
        return some.isEmpty() ? new Person.Longest() : some.getFirst();
    }

    /** The variables as a campaign would give them, with sample links and a sample voucher. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public Map<String, Object> model(Person person) {
        Business business = businesses.current();
        Map<String, Object> model = switch (person) {
            case Person.Real real -> {
                Map<String, Object> found =
                        personalisation.models(List.of(real.id())).get(real.id());
                yield found == null ? strain(business, null) : found;
            }
            case Person.Nameless none -> strain(business, null);
            case Person.Longest longest -> strain(business, t("content.sample.long_name"));
        };
        model.put(
                "links",
                Map.of(
                        "unsubscribe", "https://example.com/unsubscribe",
                        "preferences", "https://example.com/preferences"));
        model.put(
                "voucher",
                Map.of(
                        "code", "K7QM-2XDA",
                        "offer", t("content.sample.offer"),
                        "expires", LocalDate.now(business.zone()).plusDays(14)));
        return model;
    }

    private static Map<String, Object> strain(Business business, @Nullable String name) {
        Map<String, Object> customer = new HashMap<>(Map.of("email", "a@b.example"));
        Map<String, Object> orders = new HashMap<>(Map.of("count", 0, "value", BigDecimal.ZERO));
        if (name != null) {
            customer.put("first_name", name);
            customer.put("last_name", name);
            customer.put("city", t("content.sample.long_city"));
            customer.put("birthday", LocalDate.of(1988, 2, 29));
            orders.put("count", 1_234);
            orders.put("value", new BigDecimal("1234567.89"));
            orders.put("last_date", LocalDate.now(business.zone()).minusDays(400));
            orders.put("last_product", t("content.sample.long_product"));
            orders.put("favourite_category", t("content.sample.long_category"));
        }
        Map<String, Object> model = new HashMap<>();
        model.put("customer", customer);
        model.put("orders", orders);
        model.put("business", SqlPersonalisation.of(business));
        return model;
    }
}
