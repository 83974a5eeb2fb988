package io.perennial.delivery;

import io.perennial.customers.PersonalData;
import io.perennial.customers.RetainedData;
import io.perennial.customers.RetentionKind;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What delivery removes when its time is over. Only runs that are over are touched: what still sends needs its addresses. */
@Configuration(proxyBeanMethods = false)
@TenantSql("Finds old rows along their keys; every statement names the current tenant.")
class MailRetainedData {

    @Bean
    static RetainedData oldMails(JdbcClient jdbc) {
        return new OldMails(jdbc);
    }

    @Bean
    static RetainedData oldReturns(JdbcClient jdbc) {
        return new Old(
                jdbc,
                RetentionKind.MAILS,
                "FROM message_return WHERE tenant_id = ? AND first_at < ? AND diagnostic <> ''",
                "UPDATE message_return SET diagnostic = '', reporter = NULL WHERE tenant_id = ? AND first_at < ? "
                        + "AND diagnostic <> '' LIMIT ?");
    }

    @Bean
    static RetainedData oldEvents(JdbcClient jdbc) {
        return new Old(
                jdbc,
                RetentionKind.ENGAGEMENT,
                "FROM message_event WHERE tenant_id = ? AND at < ?",
                "DELETE FROM message_event WHERE tenant_id = ? AND at < ? ORDER BY id LIMIT ?");
    }

    @Bean
    static RetainedData oldQuarantine(JdbcClient jdbc) {
        return new Old(
                jdbc,
                RetentionKind.QUARANTINE,
                "FROM quarantined_mail WHERE tenant_id = ? AND arrived_at < ?",
                "DELETE FROM quarantined_mail WHERE tenant_id = ? AND arrived_at < ? LIMIT ?");
    }

    @TenantSql("Finds old rows along their keys; every statement names the current tenant.")
    private record Old(JdbcClient jdbc, RetentionKind of, String from, String removal) implements RetainedData {

        @Override
        public Optional<RetentionKind> kind() {
            return Optional.of(of);
        }

        @Override
        public long count(LocalDateTime before) {
            return jdbc.sql("SELECT COUNT(*) " + from)
                    .params(tenant(), before)
                    .query(Long.class)
                    .single();
        }

        @Override
        public int remove(LocalDateTime before, int limit) {
            return jdbc.sql(removal).params(tenant(), before, limit).update();
        }
    }

    @TenantSql("Finds old rows along their keys; every statement names the current tenant.")
    private record OldMails(JdbcClient jdbc) implements RetainedData {

        private static final String OVER = "m.tenant_id = ? AND m.changed_at < ? AND m.email <> '" + PersonalData.NOBODY
                + "' AND m.state IN ('SENT', 'FAILED', 'SKIPPED')";

        @Override
        public Optional<RetentionKind> kind() {
            return Optional.of(RetentionKind.MAILS);
        }

        @Override
        public long count(LocalDateTime before) {
            return jdbc.sql("SELECT COUNT(*) FROM message m WHERE " + OVER)
                    .params(tenant(), before)
                    .query(Long.class)
                    .single();
        }

        @Override
        public int remove(LocalDateTime before, int limit) {
            List<Long> ids = jdbc.sql("SELECT m.id FROM message m WHERE " + OVER + " ORDER BY m.id LIMIT ?")
                    .params(tenant(), before, limit)
                    .query((rs, n) -> rs.getLong(1))
                    .list();
            return ids.isEmpty()
                    ? 0
                    : jdbc.sql("UPDATE message SET email = '" + PersonalData.NOBODY
                                    + "', detail = NULL WHERE tenant_id = :tenant AND id IN (:ids)")
                            .param("tenant", tenant())
                            .param("ids", ids)
                            .update();
        }

        /** Opened or clicked by a person; the mail's own row tells, whether or not its events are still kept. */
        @Override
        public Optional<SqlFragment> aliveSince(String alias, LocalDateTime since) {
            return Optional.of(SqlFragment.of(
                    "EXISTS (SELECT 1 FROM message a WHERE a.tenant_id = " + alias + ".tenant_id AND a.customer_id = "
                            + alias + ".id AND (a.opened_at >= ? OR a.clicked_at >= ?))",
                    since,
                    since));
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
