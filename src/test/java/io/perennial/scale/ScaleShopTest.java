package io.perennial.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What benches measure on looks like a shop, and is the same each time. */
@IntegrationTest
class ScaleShopTest {

    private static final int CUSTOMERS = 2_000;

    @Autowired
    ApplicationContext application;

    @Autowired
    JdbcClient jdbc;

    @Test
    void shopsLookLikeShopsAndSummariesAreTrueToOrders() {
        List<TenantId> shops = ScaleShop.many(application, 2, CUSTOMERS);
        assertThat(shops).doesNotHaveDuplicates();
        TenantId shop = shops.getFirst();
        assertThat(ScaleShop.many(application, 1, CUSTOMERS)).as("loaded once").containsExactly(shop);
        assertThat(rows(shop, "customer")).isEqualTo(CUSTOMERS);
        double orders = rows(shop, "customer_order");
        assertThat(orders / CUSTOMERS).isBetween(4.0, 6.0);
        assertThat(rows(shop, "order_line") / orders).isBetween(2.1, 2.3);
        assertThat(rows(shop, "consent WHERE topic = 'news' AND status = 'GRANTED' AND") / (double) CUSTOMERS)
                .isBetween(0.65, 0.75);
        assertThat(rows(shop, "suppression")).isBetween(30L, 90L);
        assertThat(rows(shop, "message")).isGreaterThan(CUSTOMERS);
        assertThat(rows(shop, "message_event")).isPositive();
        assertThat(sum(shop, "SUM(orders)", "customer_summary"))
                .isEqualTo(sum(shop, "COUNT(*)", "customer_order WHERE status = 'PAID' AND net_value > 0 AND"));
        assertThat(sum(shop, "SUM(net_value)", "customer_order")).isEqualTo(sum(shop, "SUM(net_value)", "order_line"));
        assertThat(sum(shop, "MIN(customer_id)", "order_line"))
                .isGreaterThanOrEqualTo(sum(shop, "MIN(id)", "customer"));
        assertThat(sum(shop, "SUM(net_value)", "customer_order"))
                .isNotEqualTo(sum(shops.get(1), "SUM(net_value)", "customer_order"));
    }

    private long rows(TenantId shop, String table) {
        return sum(shop, "COUNT(*)", table);
    }

    private long sum(TenantId shop, String figure, String table) {
        return jdbc.sql("SELECT " + figure + " FROM " + table + (table.contains(" ") ? "" : " WHERE")
                        + " tenant_id = ?")
                .param(shop.value())
                .query(Long.class)
                .single();
    }
}
