package io.perennial.customers;

import io.perennial.accounts.BusinessSize;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts a business's customers for the operator, up to a bound: a page of businesses must not read millions of rows. */
@Component
@TenantSql("An operator looks at businesses from outside; the statement names the one that is counted.")
class CustomersOfBusiness implements BusinessSize {

    private final JdbcClient jdbc;

    CustomersOfBusiness(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int customers(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM customer WHERE tenant_id = ? LIMIT " + (MOST + 1)
                        + ") few")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }
}
