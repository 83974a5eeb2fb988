package io.perennial.customers.bulk;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps others from changing the customers of a piece until the end of the transaction; by id, so that two never wait for each other. */
@Component
@TenantSql("Locks the rows of a thousand customers by their keys, naming the tenant.")
class CustomerLocks {

    /** MariaDB makes a table of 1,000 ids, and then reads and locks everybody. */
    private static final int AT_ONCE = 250;

    private final JdbcClient jdbc;

    CustomerLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void lock(TenantId tenant, List<Long> ids) {
        List<Long> inOrder = ids.stream().sorted().toList();
        for (int from = 0; from < inOrder.size(); from += AT_ONCE) {
            lockSome(tenant, inOrder.subList(from, Math.min(inOrder.size(), from + AT_ONCE)));
        }
    }

    /** By the clustered key: MySQL reads all of a small business by another index, and waits for rows it does not need. */
    private void lockSome(TenantId tenant, List<Long> ids) {
        jdbc.sql("SELECT id FROM customer FORCE INDEX (PRIMARY) WHERE tenant_id = ? AND id IN ("
                        + String.join(",", Collections.nCopies(ids.size(), "?")) + ") ORDER BY id FOR UPDATE")
                .param(tenant.value())
                .params(List.copyOf(ids))
                .query((rs, n) -> rs.getLong(1))
                .list();
    }
}
