package io.perennial.delivery.returns;

import io.perennial.accounts.Operator;
import io.perennial.delivery.ReturnsProperties;
import io.perennial.delivery.TrackingSettings;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What staff see of mails that come back. Within the current tenant, but for what is nobody's: that is the operator's. */
@Service
@TenantSql("Reads quarantine and counts; each statement names the current tenant, or nobody for the operator.")
public class ReturnsDesk {

    /** Over so many days returns are counted. */
    public static final int DAYS = 30;

    private final JdbcClient jdbc;
    private final ReturnSources sources;
    private final ReturnsProperties properties;
    private final TrackingSettings settings;

    ReturnsDesk(JdbcClient jdbc, ReturnSources sources, ReturnsProperties properties, TrackingSettings settings) {
        this.jdbc = jdbc;
        this.sources = sources;
        this.properties = properties;
        this.settings = settings;
    }

    /**
     * A way by which mails come back.
     *
     * @param configured whether it is there at all
     * @param askedAt when it was last asked or used, on whatever node
     * @param failing whether that went wrong at last
     * @param error in the server's words, for the operator only
     */
    public record Way(
            ReturnSource source,
            boolean configured,
            @Nullable Instant askedAt,
            @Nullable Instant goodAt,
            boolean failing,
            @Nullable String error) {}

    /** How many messages came back in the last {@link #DAYS} days, each counted once a kind. */
    public record Counts(long hard, long soft, long ownFault, long delayed, long complaints) {}

    /**
     * A mail that led to nothing.
     *
     * @param detail why, or what it is about, on one line
     * @param to whom it was addressed to, where that is known
     * @param times how often it came
     */
    public record Doubtful(
            long id, QuarantineReason reason, String detail, String to, long size, Instant arrivedAt, int times) {}

    /** The domain to which mails of this business come back; empty where they come back to an ordinary address. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public Optional<String> bounceDomain() {
        String own = settings.current().bounceDomain();
        return Optional.ofNullable(own == null ? properties.domain() : own).filter(domain -> !domain.isBlank());
    }

    @PreAuthorize("hasAuthority('settings:read')")
    public List<Way> ways() {
        return List.of(
                way(ReturnSource.MAILBOX, properties.mailbox().configured()),
                way(ReturnSource.SMTP, properties.smtp().port() != null));
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read')")
    public Counts counts() {
        Map<ReturnKind, Long> counts = new EnumMap<>(ReturnKind.class);
        jdbc.sql("SELECT kind, COUNT(*) FROM message_return WHERE tenant_id = ? "
                        + "AND first_at > UTC_TIMESTAMP(6) - INTERVAL " + DAYS + " DAY GROUP BY kind")
                .param(CurrentTenant.require().value())
                .query((rs, row) -> counts.put(ReturnKind.valueOf(rs.getString(1)), rs.getLong(2)))
                .list();
        return new Counts(
                counts.getOrDefault(ReturnKind.HARD, 0L),
                counts.getOrDefault(ReturnKind.SOFT, 0L),
                counts.getOrDefault(ReturnKind.OWN_FAULT, 0L),
                counts.getOrDefault(ReturnKind.DELAYED, 0L),
                counts.getOrDefault(ReturnKind.COMPLAINT, 0L));
    }

    /** This business's mails that led to nothing, the newest first. They may tell of customers. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read') and hasAuthority('customer:read')")
    public List<Doubtful> doubtful(Pageable page) {
        return doubtful(CurrentTenant.require().value(), page);
    }

    /** What no signature gives to a business. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('platform:operate')")
    public List<Doubtful> doubtfulOfNobody(Pageable page) {
        return doubtful(Quarantine.NOBODY, page);
    }

    /** Its text, at most 64 KB: hostile, to be shown as plain text only. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:read') and hasAuthority('customer:read')")
    public Optional<String> text(long id) {
        return text(CurrentTenant.require().value(), id);
    }

    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('platform:operate')")
    public Optional<String> textOfNobody(long id) {
        return text(Quarantine.NOBODY, id);
    }

    /** Throws one away; harmless if it is gone. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write') and hasAuthority('customer:read')")
    public void discard(long id) {
        discard(CurrentTenant.require().value(), id);
    }

    @Transactional
    @PreAuthorize("hasAuthority('platform:operate')")
    public void discardOfNobody(long id) {
        discard(Quarantine.NOBODY, id);
    }

    private Way way(ReturnSource source, boolean configured) {
        ReturnSources.State state = sources.state(source).orElse(null);
        String error = state == null ? null : state.error();
        return new Way(
                source,
                configured,
                state == null ? null : state.askedAt(),
                state == null ? null : state.goodAt(),
                error != null,
                isOperator() ? error : null);
    }

    private List<Doubtful> doubtful(long tenant, Pageable page) {
        return jdbc.sql("SELECT id, reason, detail, recipients, size, arrived_at, times FROM quarantined_mail "
                        + "WHERE tenant_id = ? ORDER BY arrived_at DESC, id DESC LIMIT ? OFFSET ?")
                .params(tenant, page.getPageSize(), page.getOffset())
                .query((rs, row) -> doubtful(rs))
                .list();
    }

    private static Doubtful doubtful(ResultSet rs) throws SQLException {
        return new Doubtful(
                rs.getLong(1),
                QuarantineReason.valueOf(rs.getString(2)),
                rs.getString(3),
                rs.getString(4),
                rs.getLong(5),
                rs.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getInt(7));
    }

    private Optional<String> text(long tenant, long id) {
        return jdbc.sql("SELECT content FROM quarantined_mail WHERE tenant_id = ? AND id = ?")
                .params(tenant, id)
                .query(String.class)
                .optional();
    }

    private void discard(long tenant, long id) {
        jdbc.sql("DELETE FROM quarantined_mail WHERE tenant_id = ? AND id = ?")
                .params(tenant, id)
                .update();
    }

    /** Whether who is signed in operates the installation. */
    public static boolean isOperator() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                && authentication.getAuthorities().stream()
                        .anyMatch(authority -> Operator.AUTHORITY.equals(authority.getAuthority()));
    }
}
