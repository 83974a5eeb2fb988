package io.perennial.delivery.pace;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Leave to send, counted in the database for all nodes together, by the database's clock. Taken before messages are
 * claimed, so nothing is held while a limit is waited for; what is not used is given back. A node that dies takes its
 * unused permits with it: less is sent in that window, never more.
 */
@Component
@TenantSql("Counts in rows that several nodes lock in turn; each statement names the tenant.")
class Permits {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Permits(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /** A limit, the window of it that is open now, and when that ends. */
    private record Open(Permit.Window window, int limit, Duration left) {}

    /** The database's time, UTC. */
    LocalDateTime now() {
        return jdbc.sql("SELECT UTC_TIMESTAMP(6)").query(LocalDateTime.class).single();
    }

    /** Takes up to {@code wanted}, as many as every limit leaves. */
    Permit take(TenantId tenant, TenantPace pace, String domain, int wanted) {
        if (pace.limits().isEmpty() && !pace.domains().containsKey(domain)) {
            return Permit.unlimited(tenant, wanted);
        }
        LocalDateTime now = now();
        List<Open> open = open(pace, domain, now);
        return open.isEmpty()
                ? Permit.unlimited(tenant, wanted)
                : transaction.execute(status -> take(tenant, open, wanted));
    }

    /** Always in the same order, so that two workers never wait for each other. */
    private Permit take(TenantId tenant, List<Open> open, int wanted) {
        int granted = wanted;
        Duration wait = Duration.ZERO;
        for (Open each : open) {
            int left = each.limit() - used(tenant, each.window());
            if (left <= 0 && each.left().compareTo(wait) > 0) {
                wait = each.left();
            }
            granted = Math.min(granted, Math.max(0, left));
        }
        if (granted == 0) {
            return Permit.none(tenant, wait);
        }
        List<Permit.Window> windows = open.stream().map(Open::window).toList();
        for (Permit.Window window : windows) {
            change(tenant, window, granted);
        }
        return new Permit(tenant, granted, Duration.ZERO, windows);
    }

    void giveBack(Permit permit, int unused) {
        if (unused > 0 && !permit.taken().isEmpty()) {
            transaction.executeWithoutResult(
                    status -> permit.taken().forEach(window -> change(permit.tenant(), window, -unused)));
        }
    }

    /** Locks the limit's row, opens the window in it, and reads what was taken from it. */
    private int used(TenantId tenant, Permit.Window window) {
        jdbc.sql("INSERT INTO pace_counter (tenant_id, scope, span, window_start, used) VALUES (?, ?, ?, ?, 0) "
                        + "ON DUPLICATE KEY UPDATE used = IF(window_start < VALUES(window_start), 0, used), "
                        + "window_start = GREATEST(window_start, VALUES(window_start))")
                .params(tenant.value(), window.scope(), window.span(), window.start())
                .update();
        return jdbc.sql("SELECT used FROM pace_counter WHERE tenant_id = ? AND scope = ? AND span = ?")
                .params(tenant.value(), window.scope(), window.span())
                .query(Integer.class)
                .single();
    }

    private void change(TenantId tenant, Permit.Window window, int by) {
        jdbc.sql("UPDATE pace_counter SET used = GREATEST(0, used + ?) "
                        + "WHERE tenant_id = ? AND scope = ? AND span = ? AND window_start = ?")
                .params(by, tenant.value(), window.scope(), window.span(), window.start())
                .update();
    }

    private static List<Open> open(TenantPace pace, String domain, LocalDateTime now) {
        List<Open> open = new ArrayList<>();
        add(open, "T", pace.limits(), now, pace.zone());
        var today = now.atOffset(ZoneOffset.UTC).atZoneSameInstant(pace.zone()).toLocalDate();
        add(open, "S:" + domain, pace.ofDomain(domain, today), now, pace.zone());
        return open;
    }

    private static void add(List<Open> open, String scope, Limits limits, LocalDateTime now, ZoneId zone) {
        LocalDateTime minute = now.truncatedTo(ChronoUnit.MINUTES);
        add(open, scope, "MINUTE", limits.perMinute(), minute, minute.plusMinutes(1), now);
        LocalDateTime hour = now.truncatedTo(ChronoUnit.HOURS);
        add(open, scope, "HOUR", limits.perHour(), hour, hour.plusHours(1), now);
        var today = now.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDate();
        add(
                open,
                scope,
                "DAY",
                limits.perDay(),
                utc(today.atStartOfDay(zone)),
                utc(today.plusDays(1).atStartOfDay(zone)),
                now);
    }

    private static LocalDateTime utc(java.time.ZonedDateTime time) {
        return time.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    private static void add(
            List<Open> open,
            String scope,
            String span,
            @Nullable Integer limit,
            LocalDateTime start,
            LocalDateTime end,
            LocalDateTime now) {
        if (limit != null) {
            open.add(new Open(new Permit.Window(scope, span, start), limit, Duration.between(now, end)));
        }
    }
}
