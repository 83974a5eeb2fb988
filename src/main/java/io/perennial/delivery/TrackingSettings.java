package io.perennial.delivery;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a business lets be tracked, and the domain of its own to which its mails come back. */
@Service
@TenantSql("One row a business, asked for by every chunk of every run and therefore remembered for some seconds.")
public class TrackingSettings {

    /** Workers learn of a change after this long. */
    private static final long REMEMBERED = 5_000_000_000L;

    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");
    private static final Setting DEFAULT = new Setting(true, true, null, null, null);

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final ConcurrentMap<TenantId, Known> known = new ConcurrentHashMap<>();

    TrackingSettings(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * @param opens whether mails carry a pixel
     * @param clicks whether links lead through here
     * @param bounceDomain of the envelope's sender; the installation's where empty
     * @param changedAt when somebody changed them last, and who
     */
    public record Setting(
            boolean opens,
            boolean clicks,
            @Nullable String bounceDomain,
            @Nullable Instant changedAt,
            @Nullable String changedBy) {}

    private record Known(Setting setting, long since) {}

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public Setting current() {
        return read(CurrentTenant.require());
    }

    /**
     * Changes them; workers follow within seconds, on all nodes.
     *
     * @param bounceDomain empty for the installation's
     * @throws IllegalArgumentException if that is no domain
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void change(boolean opens, boolean clicks, @Nullable String bounceDomain, String by) {
        String domain = bounceDomain == null || bounceDomain.isBlank()
                ? null
                : bounceDomain.strip().toLowerCase(Locale.ROOT);
        if (domain != null && !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("No domain: " + domain);
        }
        Setting before = read(CurrentTenant.require());
        jdbc.sql("INSERT INTO tracking_setting (tenant_id, opens, clicks, bounce_domain, changed_at, changed_by) "
                        + "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE opens = VALUES(opens), "
                        + "clicks = VALUES(clicks), bounce_domain = VALUES(bounce_domain), "
                        + "changed_at = VALUES(changed_at), changed_by = VALUES(changed_by)")
                .param(CurrentTenant.require().value())
                .param(opens)
                .param(clicks)
                .param(domain)
                .param(LocalDateTime.now(Clock.systemUTC()))
                .param(by.substring(0, Math.min(120, by.length())))
                .update();
        audit.record(
                SendingDeed.TRACKING_CHANGED,
                null,
                null,
                AuditChanges.none()
                        .and("delivery.deed.opens", before.opens(), opens)
                        .and("delivery.deed.clicks", before.clicks(), clicks)
                        .and("delivery.deed.bounce_domain", before.bounceDomain(), domain));
        known.remove(CurrentTenant.require());
    }

    /** For workers: as it was within the last seconds. */
    Setting of(TenantId tenant) {
        Known remembered = known.get(tenant);
        long now = System.nanoTime();
        if (remembered == null || now - remembered.since() > REMEMBERED) {
            remembered = new Known(read(tenant), now);
            known.put(tenant, remembered);
        }
        return remembered.setting();
    }

    private Setting read(TenantId tenant) {
        return jdbc.sql("SELECT opens, clicks, bounce_domain, changed_at, changed_by FROM tracking_setting "
                        + "WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, row) -> new Setting(
                        rs.getBoolean(1),
                        rs.getBoolean(2),
                        rs.getString(3),
                        rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getString(5)))
                .optional()
                .orElse(DEFAULT);
    }
}
