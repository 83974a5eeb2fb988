package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this module removes when its time is over. */
@Configuration(proxyBeanMethods = false)
@TenantSql("Finds old rows along their keys; every statement names the current tenant.")
class OwnRetainedData {

    /** Customers who neither ordered nor said anything, and of whom no other feature knows a sign of life. */
    @Bean
    static RetainedData silentCustomers(JdbcClient jdbc, Erasures erasures, @Lazy List<RetainedData> all) {
        return new SilentCustomers(jdbc, erasures, all);
    }

    @Bean
    static RetainedData oldRejects(JdbcClient jdbc) {
        return new OldRejects(jdbc);
    }

    @TenantSql("Finds old rows along their keys; every statement names the current tenant.")
    private record SilentCustomers(JdbcClient jdbc, Erasures erasures, List<RetainedData> all) implements RetainedData {

        @Override
        public Optional<RetentionKind> kind() {
            return Optional.of(RetentionKind.CUSTOMERS);
        }

        @Override
        public long count(LocalDateTime before) {
            SqlFragment silent = silent(before);
            return jdbc.sql("SELECT COUNT(*)" + silent.sql())
                    .params(silent.params())
                    .query(Long.class)
                    .single();
        }

        @Override
        public int remove(LocalDateTime before, int limit) {
            SqlFragment silent = silent(before);
            List<Long> ids = jdbc.sql("SELECT c.id" + silent.sql() + " LIMIT ?")
                    .params(silent.params())
                    .param(Math.min(limit, 100))
                    .query((rs, n) -> rs.getLong(1))
                    .list();
            erasures.expire(ids.stream().map(CustomerId::new).toList());
            return ids.size();
        }

        private SqlFragment silent(LocalDateTime before) {
            List<Object> params =
                    new ArrayList<>(List.of(CurrentTenant.require().value(), before, before, before));
            StringBuilder sql = new StringBuilder(" FROM customer c LEFT JOIN customer_summary y "
                    + "ON y.tenant_id = c.tenant_id AND y.customer_id = c.id WHERE c.tenant_id = ? "
                    + "AND c.erased_at IS NULL AND c.created_at < ? AND (y.last_order_at IS NULL OR y.last_order_at < ?) "
                    + "AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.tenant_id = c.tenant_id AND k.customer_id = c.id "
                    + "AND k.at >= ?)");
            for (RetainedData part : all) {
                part.aliveSince("c", before).ifPresent(alive -> {
                    sql.append(" AND NOT ").append(alive.sql());
                    params.addAll(alive.params());
                });
            }
            return new SqlFragment(sql.toString(), params);
        }
    }

    @TenantSql("Finds old rows along their keys; every statement names the current tenant.")
    private record OldRejects(JdbcClient jdbc) implements RetainedData {

        @Override
        public Optional<RetentionKind> kind() {
            return Optional.of(RetentionKind.REJECTS);
        }

        @Override
        public long count(LocalDateTime before) {
            return jdbc.sql("SELECT COUNT(*) FROM import_rejected r JOIN import_job j ON j.tenant_id = r.tenant_id "
                            + "AND j.id = r.job_id WHERE r.tenant_id = ? AND j.finished_at < ?")
                    .params(CurrentTenant.require().value(), before)
                    .query(Long.class)
                    .single();
        }

        @Override
        public int remove(LocalDateTime before, int limit) {
            return jdbc.sql("DELETE FROM import_rejected WHERE tenant_id = ? AND job_id IN (SELECT id FROM import_job "
                            + "WHERE tenant_id = ? AND finished_at < ?) LIMIT ?")
                    .params(
                            CurrentTenant.require().value(),
                            CurrentTenant.require().value(),
                            before,
                            limit)
                    .update();
        }
    }
}
