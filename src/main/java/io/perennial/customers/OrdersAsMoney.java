package io.perennial.customers;

import io.perennial.accounts.MoneyInUse;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each order's net value is in the business's currency, converted on its day and never again. */
@Component
@TenantSql("One row by the beginning of the primary key.")
class OrdersAsMoney implements MoneyInUse {

    private final JdbcClient jdbc;

    OrdersAsMoney(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean isThere() {
        return jdbc.sql("SELECT 1 FROM customer_order WHERE tenant_id = ? LIMIT 1")
                .param(CurrentTenant.require().value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
