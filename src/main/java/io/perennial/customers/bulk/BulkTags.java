package io.perennial.customers.bulk;

import io.perennial.customers.CustomerTags;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts tags on the customers of a piece and takes them off, and says of whom. The customers' rows are locked by the caller. */
@Component
@TenantSql("Tags of a thousand in one statement each; each names the tenant.")
class BulkTags {

    private final JdbcClient jdbc;

    BulkTags(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives who has it now and had not: nobody who has {@link CustomerTags#MOST} others, is erased or was merged. */
    List<Long> add(TenantId tenant, String tag, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Long> without = jdbc.sql("SELECT c.id FROM customer c WHERE c.tenant_id = ? AND c.erased_at IS NULL "
                        + "AND c.merged_into IS NULL AND c.id IN (" + marks(ids) + ") "
                        + "AND NOT EXISTS (SELECT 1 FROM customer_tag g WHERE g.tenant_id = c.tenant_id "
                        + "AND g.customer_id = c.id AND g.tag = ?) AND (SELECT COUNT(*) FROM customer_tag m "
                        + "WHERE m.tenant_id = c.tenant_id AND m.customer_id = c.id) < " + CustomerTags.MOST)
                .param(tenant.value())
                .params(new ArrayList<Object>(ids))
                .param(tag)
                .query((rs, n) -> rs.getLong(1))
                .list();
        if (!without.isEmpty()) {
            jdbc.sql("INSERT INTO customer_tag (tenant_id, customer_id, tag) SELECT c.tenant_id, c.id, ? "
                            + "FROM customer c WHERE c.tenant_id = ? AND c.id IN (" + marks(without) + ")")
                    .param(tag)
                    .param(tenant.value())
                    .params(new ArrayList<Object>(without))
                    .update();
        }
        return without;
    }

    /** Gives whom it was taken from, by how it was written there. */
    Map<String, List<Long>> remove(TenantId tenant, String tag, Collection<Long> ids) {
        Map<String, List<Long>> had = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return had;
        }
        jdbc.sql("SELECT tag, customer_id FROM customer_tag WHERE tenant_id = ? AND tag = ? AND customer_id IN ("
                        + marks(ids) + ")")
                .params(tenant.value(), tag)
                .params(new ArrayList<Object>(ids))
                .query(rs -> {
                    had.computeIfAbsent(rs.getString(1), spelling -> new ArrayList<>())
                            .add(rs.getLong(2));
                });
        jdbc.sql("DELETE FROM customer_tag WHERE tenant_id = ? AND tag = ? AND customer_id IN (" + marks(ids) + ")")
                .params(tenant.value(), tag)
                .params(new ArrayList<Object>(ids))
                .update();
        return had;
    }

    private static String marks(Collection<Long> ids) {
        return String.join(",", Collections.nCopies(ids.size(), "?"));
    }
}
