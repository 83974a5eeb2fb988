package io.perennial.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.Article;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class PersonalisationTest {

    @Autowired
    Personalisation personalisation;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcClient jdbc;

    private CustomerId customer(TenantId tenant, String firstName) {
        long id = TimeOrderedIds.next();
        jdbc.sql("INSERT INTO customer (tenant_id, id, first_name, city, email, birthday, created_at, updated_at) "
                        + "VALUES (?, ?, ?, '', ?, '1990-02-28', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .params(tenant.value(), id, firstName, id + "@example.com")
                .update();
        return new CustomerId(id);
    }

    private void order(
            TenantId tenant, CustomerId customer, String day, String status, String... productsAndCategories) {
        long id = TimeOrderedIds.next();
        jdbc.sql("INSERT INTO customer_order (tenant_id, id, customer_id, external_id, ordered_at, ordered_on, status, "
                        + "currency, amount, net_value) VALUES (?, ?, ?, ?, ?, ?, ?, 'CZK', 10, 10)")
                .params(tenant.value(), id, customer.value(), Long.toString(id), day + " 23:30:00", day, status)
                .update();
        for (int i = 0; i < productsAndCategories.length; i += 2) {
            jdbc.sql(
                            "INSERT INTO order_line (tenant_id, order_id, line_no, customer_id, ordered_at, counted, product, category, "
                                    + "article_id, quantity, net_value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)")
                    .params(
                            tenant.value(),
                            id,
                            i,
                            customer.value(),
                            day + " 23:30:00",
                            status.equals("PAID"),
                            productsAndCategories[i],
                            productsAndCategories[i + 1],
                            new Article(null, productsAndCategories[i], productsAndCategories[i + 1]).id(),
                            10 - i)
                    .update();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void customersComeWithWhatTheyBought() {
        TenantId acme = tenants.fresh("Acme");
        CustomerId ada = customer(acme, "Ada");
        order(acme, ada, "2026-01-01", "PAID", "Espresso", "Coffee");
        order(acme, ada, "2026-02-01", "PAID", "Mug", "Things", "Filter", "Coffee");
        order(acme, ada, "2026-03-01", "CANCELLED", "Kettle", "Machines");
        jdbc.sql("INSERT INTO customer_summary (tenant_id, customer_id, orders, order_days, value, last_order_at) "
                        + "VALUES (?, ?, 2, 2, 20.5, '2026-02-01 23:30:00')")
                .params(acme.value(), ada.value())
                .update();
        CustomerId nobody = customer(acme, " ");
        var models = TestTenants.asOwner(acme, () -> personalisation.models(List.of(ada, nobody, new CustomerId(42))));
        assertThat(models).containsOnlyKeys(ada, nobody);
        assertThat((Map<String, Object>) models.get(ada).get("customer"))
                .containsEntry("first_name", "Ada")
                .containsEntry("birthday", LocalDate.of(1990, 2, 28))
                .doesNotContainKeys("city", "last_name");
        assertThat((Map<String, Object>) models.get(ada).get("orders"))
                .containsEntry("count", 2)
                .containsEntry("value", new BigDecimal("20.5000"))
                .containsEntry("last_date", LocalDate.of(2026, 2, 2)) // half past midnight in Prague
                .containsEntry("last_product", "Mug")
                .containsEntry("favourite_category", "Coffee");
        assertThat((Map<String, Object>) models.get(nobody).get("customer")).doesNotContainKey("first_name");
        assertThat((Map<String, Object>) models.get(nobody).get("orders"))
                .containsEntry("count", 0)
                .containsEntry("value", BigDecimal.ZERO)
                .doesNotContainKeys("last_product", "last_date");
        assertThat((Map<String, Object>) models.get(ada).get("business")).containsEntry("name", "Acme");
    }

    @Test
    void anotherBusinesssCustomersAreNotThere() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        CustomerId theirs = customer(globex, "Grace");
        CustomerId ours = customer(acme, "Ada");
        assertThat(TestTenants.asOwner(acme, () -> personalisation.models(List.of(theirs, ours))))
                .containsOnlyKeys(ours);
        assertThat(TestTenants.asOwner(acme, () -> personalisation.models(List.of())))
                .isEmpty();
    }

    @Test
    void moreThanABatchIsFine() {
        TenantId acme = tenants.fresh("Acme");
        List<CustomerId> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(customer(acme, "C" + i));
        }
        for (int i = 1; i <= 2_500; i++) {
            all.add(new CustomerId(i));
        }
        assertThat(TestTenants.asOwner(acme, () -> personalisation.models(all))).hasSize(3);
    }
}
