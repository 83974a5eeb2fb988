package io.perennial.delivery.pace;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.delivery.ContactRules.Cap;
import io.perennial.delivery.QuietHours;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.LocalTime;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a business asks of its own sending, below what the operator grants it. */
@Service
@TenantSql("Settings of the current tenant; each statement names it.")
public class PaceSettings {

    private static final int MOST = 100_000_000;
    private static final int SOME = 5_000;

    private final JdbcClient jdbc;
    private final Paces paces;
    private final ReceiverQueues queues;
    private final PaceProperties defaults;
    private final AuditLog audit;

    PaceSettings(JdbcClient jdbc, Paces paces, ReceiverQueues queues, PaceProperties defaults, AuditLog audit) {
        this.jdbc = jdbc;
        this.paces = paces;
        this.queues = queues;
        this.defaults = defaults;
        this.audit = audit;
    }

    /**
     * What staff fill in.
     *
     * @param receivers mails an hour by receiving group, where limited
     * @param domains limits and warm-up by sending domain
     */
    public record Wishes(
            Limits limits,
            Map<String, Integer> receivers,
            Map<String, TenantPace.Domain> domains,
            @Nullable QuietHours quiet,
            @Nullable Cap cap) {}

    /** A value that is none, in words for staff. */
    public static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public Wishes wishes() {
        TenantId tenant = CurrentTenant.require();
        Map<String, Integer> receivers = paces.receivers(tenant);
        Map<String, TenantPace.Domain> domains = paces.domains(tenant);
        return jdbc.sql("SELECT * FROM sending_pace WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, row) -> new Wishes(
                        new Limits(
                                Paces.number(rs, "per_minute"),
                                Paces.number(rs, "per_hour"),
                                Paces.number(rs, "per_day")),
                        receivers,
                        domains,
                        Paces.quiet(rs),
                        Paces.cap(rs)))
                .optional()
                .orElseGet(() -> new Wishes(Limits.NONE, receivers, domains, null, null));
    }

    /** What the operator or the configuration allows at most. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public Limits ceiling() {
        Limits ofAll = new Limits(defaults.perMinute(), defaults.perHour(), defaults.perDay());
        return jdbc.sql("SELECT max_per_hour, max_per_day FROM sending_grant WHERE tenant_id = ?")
                .param(CurrentTenant.require().value())
                .query((rs, row) -> new Limits(null, Paces.number(rs, "max_per_hour"), Paces.number(rs, "max_per_day")))
                .optional()
                .map(granted -> granted.or(ofAll))
                .orElse(ofAll);
    }

    /**
     * Keeps them; they hold within seconds, on all nodes.
     *
     * @throws Refused if a value is none, or above what the operator allows
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void save(Wishes wishes) {
        TenantId tenant = CurrentTenant.require();
        check(wishes, ceiling());
        recordChanges(wishes(), wishes);
        boolean receiversChange = !paces.receivers(tenant).equals(wishes.receivers());
        QuietHours quiet = wishes.quiet();
        Cap cap = wishes.cap();
        jdbc.sql("INSERT INTO sending_pace (tenant_id, per_minute, per_hour, per_day, cap_mails, cap_days, quiet_from, "
                        + "quiet_until, quiet_zone, updated_by, updated_at) "
                        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE "
                        + "per_minute = VALUES(per_minute), per_hour = VALUES(per_hour), per_day = VALUES(per_day), "
                        + "cap_mails = VALUES(cap_mails), cap_days = VALUES(cap_days), "
                        + "quiet_from = VALUES(quiet_from), quiet_until = VALUES(quiet_until), "
                        + "quiet_zone = VALUES(quiet_zone), updated_by = VALUES(updated_by), "
                        + "updated_at = VALUES(updated_at)")
                .param(tenant.value())
                .param(wishes.limits().perMinute())
                .param(wishes.limits().perHour())
                .param(wishes.limits().perDay())
                .param(cap == null ? null : cap.mails())
                .param(cap == null ? null : cap.days())
                .param(quiet == null ? null : minute(quiet.from()))
                .param(quiet == null ? null : minute(quiet.until()))
                .param(quiet == null ? null : quiet.ofCustomer() ? "CUSTOMER" : "BUSINESS")
                .param(CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"))
                .update();
        replaceReceivers(tenant, wishes.receivers());
        replaceDomains(tenant, wishes.domains());
        if (receiversChange) {
            queues.reset(tenant);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                paces.forget(tenant);
                if (receiversChange) {
                    Thread.ofVirtual().name("rebook").start(() -> ActingAs.system(tenant, () -> askAnew(tenant)));
                }
            }
        });
    }

    private void recordChanges(Wishes before, Wishes after) {
        AuditChanges changes = AuditChanges.none()
                .and(
                        "delivery.deed.per_minute",
                        before.limits().perMinute(),
                        after.limits().perMinute())
                .and(
                        "delivery.deed.per_hour",
                        before.limits().perHour(),
                        after.limits().perHour())
                .and(
                        "delivery.deed.per_day",
                        before.limits().perDay(),
                        after.limits().perDay())
                .and("delivery.deed.receivers", text(before.receivers()), text(after.receivers()))
                .and(
                        "delivery.deed.domains",
                        before.domains().keySet(),
                        after.domains().keySet())
                .and("delivery.deed.quiet", text(before.quiet()), text(after.quiet()))
                .and("delivery.deed.cap", text(before.cap()), text(after.cap()));
        if (!changes.isEmpty()) {
            audit.record(PaceDeed.LIMITS_CHANGED, null, null, changes);
        }
    }

    private static String text(Map<String, Integer> receivers) {
        return new TreeMap<>(receivers)
                .entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static @Nullable String text(@Nullable QuietHours quiet) {
        return quiet == null ? null : quiet.from() + "–" + quiet.until();
    }

    private static @Nullable String text(@Nullable Cap cap) {
        return cap == null ? null : cap.mails() + " / " + cap.days();
    }

    private static int minute(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }

    private static void check(Wishes wishes, Limits ceiling) {
        checkLimit(wishes.limits().perMinute(), null);
        checkLimit(wishes.limits().perHour(), ceiling.perHour());
        checkLimit(wishes.limits().perDay(), ceiling.perDay());
        wishes.receivers().values().forEach(limit -> checkLimit(limit, null));
        wishes.domains().values().forEach(domain -> {
            checkLimit(domain.perHour(), null);
            checkLimit(domain.perDay(), null);
        });
        Cap cap = wishes.cap();
        if (cap != null && (cap.mails() < 1 || cap.mails() > 100 || cap.days() < 1 || cap.days() > 90)) {
            throw new Refused("A frequency cap is 1 to 100 mails in 1 to 90 days");
        }
    }

    private static void checkLimit(@Nullable Integer limit, @Nullable Integer ceiling) {
        if (limit != null && (limit < 1 || limit > Objects.requireNonNullElse(ceiling, MOST))) {
            throw new Refused(
                    ceiling == null
                            ? "A limit is at least 1"
                            : "The operator of this installation allows at most " + ceiling);
        }
    }

    private void replaceReceivers(TenantId tenant, Map<String, Integer> receivers) {
        jdbc.sql("DELETE FROM sending_receiver WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        receivers.forEach((receiver, limit) -> jdbc.sql(
                        "INSERT INTO sending_receiver (tenant_id, receiver, per_hour) VALUES (?, ?, ?)")
                .params(tenant.value(), receiver, limit)
                .update());
    }

    private void replaceDomains(TenantId tenant, Map<String, TenantPace.Domain> domains) {
        jdbc.sql("DELETE FROM sending_domain WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        domains.forEach((domain, limits) -> {
            WarmUp warm = limits.warmUp();
            jdbc.sql("INSERT INTO sending_domain (tenant_id, domain, per_hour, per_day, warm_from, warm_first, "
                            + "warm_growth, warm_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                    .param(tenant.value())
                    .param(domain)
                    .param(limits.perHour())
                    .param(limits.perDay())
                    .param(warm == null ? null : warm.from())
                    .param(warm == null ? null : warm.first())
                    .param(warm == null ? null : warm.growth())
                    .param(warm == null ? null : warm.until())
                    .update();
        });
    }

    /** Messages that wait for a place by limits that hold no more ask at once for another. */
    private void askAnew(TenantId tenant) {
        for (long run : jdbc.sql("SELECT id FROM delivery_run WHERE tenant_id = ? AND state IN ('SENDING', 'PAUSED')")
                .param(tenant.value())
                .query(Long.class)
                .list()) {
            int some = SOME;
            while (some == SOME) {
                some = jdbc.sql("UPDATE message SET detail = NULL, next_attempt_at = UTC_TIMESTAMP(6) "
                                + "WHERE tenant_id = ? AND run_id = ? AND state = 'RETRY_AT' AND detail LIKE ? "
                                + "AND next_attempt_at > UTC_TIMESTAMP(6) LIMIT " + SOME)
                        .params(tenant.value(), run, Pacing.WAITS + "%")
                        .update();
            }
        }
    }
}
