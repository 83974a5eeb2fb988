package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * For how long a business keeps what. A rule begins a week after it was set or tightened, which Home announces meanwhile.
 *
 * @see <a href="../../../../../docs/decisions/0211-retention.md">0211-retention.md</a>
 */
@Service
@TenantSql("A handful of rules and a log, keyed by tenant.")
public class Retention {

    /** Days between setting a rule and the first time it is acted on. */
    public static final int NOTICE_DAYS = 7;

    public static final int FEWEST_MONTHS = 1;
    public static final int MOST_MONTHS = 240;

    private final JdbcClient jdbc;
    private final Businesses businesses;
    private final List<RetainedData> data;
    private final AuditLog audit;

    Retention(JdbcClient jdbc, Businesses businesses, List<RetainedData> data, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.businesses = businesses;
        this.data = data;
    }

    /** A rule in force, or announced until {@code beginsOn}. */
    public record Rule(RetentionKind kind, int months, LocalDate beginsOn, Instant changedAt, String changedBy) {}

    /** What was removed. */
    public record Removed(RetentionKind kind, Instant olderThan, long rows, Instant at) {}

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public List<Rule> rules() {
        return read();
    }

    /** How much a rule of so many months would remove now. Counting may take a while with many customers. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public long count(RetentionKind kind, int months) {
        LocalDateTime before = cutoff(months);
        return parts(kind).stream().mapToLong(part -> part.count(before)).sum();
    }

    /**
     * Sets a rule, or takes it away.
     *
     * @param months {@link #FEWEST_MONTHS} to {@link #MOST_MONTHS}; nothing: kept for ever
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write') and hasAuthority('customer:erase')")
    public void set(RetentionKind kind, @Nullable Integer months) {
        Optional<Rule> before =
                read().stream().filter(rule -> rule.kind() == kind).findFirst();
        Integer monthsBefore = before.map(Rule::months).orElse(null);
        if (months == null) {
            jdbc.sql("DELETE FROM retention_rule WHERE tenant_id = ? AND kind = ?")
                    .params(tenant(), kind.name())
                    .update();
            record(kind, monthsBefore, null);
            return;
        }
        if (months < FEWEST_MONTHS || months > MOST_MONTHS) {
            throw new IllegalArgumentException("No number of months: " + months);
        }
        if (before.filter(rule -> rule.months() == months).isPresent()) {
            return;
        }
        LocalDate today = LocalDate.now(businesses.current().zone());
        // Keeping longer needs no notice.
        LocalDate begins = before.filter(rule -> rule.months() < months)
                .map(Rule::beginsOn)
                .orElse(today.plusDays(NOTICE_DAYS));
        jdbc.sql(
                        "INSERT INTO retention_rule (tenant_id, kind, months, begins_on, changed_at, changed_by) "
                                + "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE months = VALUES(months), "
                                + "begins_on = VALUES(begins_on), changed_at = VALUES(changed_at), changed_by = VALUES(changed_by)")
                .params(tenant(), kind.name(), months, begins, LocalDateTime.now(Clock.systemUTC()))
                .param(CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial"))
                .update();
        record(kind, monthsBefore, months);
    }

    private void record(RetentionKind kind, @Nullable Integer before, @Nullable Integer after) {
        AuditChanges changes = AuditChanges.none().and("customers.change.months", before, after);
        if (!changes.isEmpty()) {
            audit.record(CustomerDeed.RETENTION_CHANGED, kind.name(), words(kind), changes);
        }
    }

    private static String words(RetentionKind kind) {
        return t("privacy.retention." + kind.name().toLowerCase(Locale.ROOT));
    }

    /** What was removed, the latest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public List<Removed> log(long offset, int limit) {
        return jdbc.sql("SELECT kind, cutoff, removed, at FROM retention_log WHERE tenant_id = ? ORDER BY id DESC "
                        + "LIMIT ? OFFSET ?")
                .params(tenant(), limit, offset)
                .query((rs, n) -> new Removed(
                        RetentionKind.valueOf(rs.getString(1)),
                        rs.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getLong(3),
                        rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .list();
    }

    List<RetainedData> parts(RetentionKind kind) {
        return data.stream()
                .filter(part -> part.kind().filter(kind::equals).isPresent())
                .toList();
    }

    List<Rule> read() {
        return jdbc.sql(
                        "SELECT kind, months, begins_on, changed_at, changed_by FROM retention_rule WHERE tenant_id = ?")
                .param(tenant())
                .query((rs, n) -> new Rule(
                        RetentionKind.valueOf(rs.getString(1)),
                        rs.getInt(2),
                        rs.getObject(3, LocalDate.class),
                        rs.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getString(5)))
                .list();
    }

    void removed(TenantId tenant, RetentionKind kind, LocalDateTime cutoff, long rows) {
        jdbc.sql("INSERT INTO retention_log (tenant_id, id, kind, cutoff, removed, at) VALUES (?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), TimeOrderedIds.next(), kind.name(), cutoff, rows)
                .param(LocalDateTime.now(Clock.systemUTC()))
                .update();
    }

    static LocalDateTime cutoff(int months) {
        return LocalDateTime.now(Clock.systemUTC()).minusMonths(months);
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
