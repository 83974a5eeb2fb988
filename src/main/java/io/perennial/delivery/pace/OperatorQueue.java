package io.perennial.delivery.pace;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunId;
import io.perennial.delivery.RunProgress;
import io.perennial.delivery.RunState;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the operator sees of all sending, and the levers. Nothing of any business's customers. */
@Service
@PreAuthorize("hasAuthority('platform:operate')")
@TenantSql("The operator looks across tenants: lists their runs, nodes and servers, and changes what they are granted.")
public class OperatorQueue {

    /** Replies of mail servers name the receiver. */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@\"'(),;:]+@[^\\s<>@\"'(),;:]+");

    private static final int RUNS = 200;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Paces paces;
    private final SendingLock lock;
    private final ServerWatch servers;
    private final AuditLog audit;

    OperatorQueue(JdbcClient jdbc, Outbox outbox, Paces paces, SendingLock lock, ServerWatch servers, AuditLog audit) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.paces = paces;
        this.lock = lock;
        this.servers = servers;
        this.audit = audit;
    }

    /**
     * A run that is not over.
     *
     * @param lastError what a mail server last said against it; empty where nothing
     */
    public record QueuedRun(
            TenantId tenant,
            String business,
            RunId id,
            Instant since,
            RunProgress progress,
            @Nullable String lastError) {}

    /** A business with its share; {@code stopped} where it is suspended or to be removed, so that nothing of it is sent. */
    public record Grant(
            TenantId tenant,
            String business,
            boolean stopped,
            int weight,
            @Nullable Integer maxPerHour,
            @Nullable Integer maxPerDay,
            @Nullable String pausedReason,
            @Nullable String pausedBy,
            @Nullable Instant pausedAt) {}

    /** A process that sends. */
    public record Node(long id, String host, long pid, Instant startedAt, long silentSeconds) {

        /** By its last sign; a node says one each second. */
        public boolean isAlive() {
            return silentSeconds < 10;
        }
    }

    /** A mail server as the nodes find it. */
    public record Server(
            String key,
            int nodesReaching,
            int nodesFailing,
            @Nullable String lastError,
            @Nullable Instant since,
            @Nullable String pausedReason) {}

    /** The lock. */
    public record Lock(
            boolean closed,
            @Nullable String reason,
            @Nullable Instant since,
            @Nullable String changedBy,
            boolean byConfiguration) {}

    /** Runs under way, those released first in front. Which mails they are is the business's own: they have numbers here. */
    @Transactional(readOnly = true)
    public List<QueuedRun> runs() {
        record Row(TenantId tenant, String business, RunId id, Instant since) {}
        return jdbc
                .sql("SELECT /* all tenants */ r.tenant_id, b.name, r.id, "
                        + "COALESCE(r.released_at, r.created_at) since FROM delivery_run r "
                        + "JOIN business b ON b.id = r.tenant_id WHERE r.state IN ('SENDING', 'PAUSED', 'PREPARING') "
                        + "ORDER BY since LIMIT " + RUNS)
                .query((rs, n) -> new Row(
                        new TenantId(rs.getLong(1)), rs.getString(2), new RunId(rs.getLong(3)), instant(rs, "since")))
                .list()
                .stream()
                .map(row -> ActingAs.system(
                        row.tenant(),
                        () -> new QueuedRun(
                                row.tenant(),
                                row.business(),
                                row.id(),
                                row.since(),
                                outbox.progress(row.id()),
                                lastError(row.tenant(), row.id()))))
                .filter(run -> run.progress().state() != RunState.DONE)
                .toList();
    }

    /** The reply of the message that is to be tried again soonest, or failed last of the newest. */
    private @Nullable String lastError(TenantId tenant, RunId run) {
        return jdbc.sql("SELECT detail FROM message WHERE tenant_id = ? AND run_id = ? AND state = 'RETRY_AT' "
                        + "AND attempts > 0 AND detail IS NOT NULL ORDER BY next_attempt_at LIMIT 1")
                .params(tenant.value(), run.value())
                .query(String.class)
                .optional()
                .map(reply -> ADDRESS.matcher(reply).replaceAll("(address)"))
                .orElse(null);
    }

    @Transactional(readOnly = true)
    public List<Grant> grants() {
        return jdbc.sql("SELECT /* all tenants */ b.id, b.name, "
                        + "(b.suspended_at IS NOT NULL OR b.delete_at IS NOT NULL) AS stopped, g.* FROM business b "
                        + "LEFT JOIN sending_grant g ON g.tenant_id = b.id ORDER BY b.name, b.id")
                .query((rs, n) -> new Grant(
                        new TenantId(rs.getLong(1)),
                        rs.getString(2),
                        rs.getBoolean("stopped"),
                        rs.getObject("weight") == null ? 1 : rs.getInt("weight"),
                        Paces.number(rs, "max_per_hour"),
                        Paces.number(rs, "max_per_day"),
                        rs.getString("paused_reason"),
                        rs.getString("paused_by"),
                        maybe(rs, "paused_at")))
                .list();
    }

    /**
     * Sets a business's share and ceilings.
     *
     * @param weight 1 to 100; twice the weight is twice the mails while others wait too
     */
    @Transactional
    public void grant(TenantId tenant, int weight, @Nullable Integer maxPerHour, @Nullable Integer maxPerDay) {
        if (weight < 1
                || weight > 100
                || (maxPerHour != null && maxPerHour < 1)
                || (maxPerDay != null && maxPerDay < 1)) {
            throw new IllegalArgumentException("A weight is 1 to 100, a ceiling at least 1");
        }
        jdbc.sql("INSERT INTO sending_grant (tenant_id, weight, max_per_hour, max_per_day) VALUES (?, ?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE weight = VALUES(weight), max_per_hour = VALUES(max_per_hour), "
                        + "max_per_day = VALUES(max_per_day)")
                .param(tenant.value())
                .param(weight)
                .param(maxPerHour)
                .param(maxPerDay)
                .update();
        audit.recordFor(
                tenant,
                PaceDeed.GRANT_CHANGED,
                null,
                null,
                AuditChanges.none()
                        .and("delivery.deed.weight", null, weight)
                        .and("delivery.deed.per_hour", null, maxPerHour)
                        .and("delivery.deed.per_day", null, maxPerDay));
        paces.forget(tenant);
    }

    /**
     * Lets nothing of a business out.
     *
     * @param reason shown to its staff
     */
    @Transactional
    public void pauseBusiness(TenantId tenant, String reason) {
        jdbc.sql("INSERT INTO sending_grant (tenant_id, paused_reason, paused_by, paused_at) "
                        + "VALUES (?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE "
                        + "paused_reason = VALUES(paused_reason), paused_by = VALUES(paused_by), "
                        + "paused_at = VALUES(paused_at)")
                .params(tenant.value(), required(reason), operator())
                .update();
        audit.recordFor(
                tenant,
                PaceDeed.BUSINESS_PAUSED,
                null,
                null,
                AuditChanges.none().and("delivery.deed.reason", null, reason));
        paces.forget(tenant);
    }

    @Transactional
    public void resumeBusiness(TenantId tenant) {
        jdbc.sql("UPDATE sending_grant SET paused_reason = NULL, paused_by = NULL, paused_at = NULL "
                        + "WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
        audit.recordFor(tenant, PaceDeed.BUSINESS_RESUMED, null, null, AuditChanges.none());
        paces.forget(tenant);
    }

    @Transactional(readOnly = true)
    public List<Node> nodes() {
        return jdbc.sql("SELECT id, host, pid, started_at, TIMESTAMPDIFF(SECOND, seen_at, UTC_TIMESTAMP(6)) silent "
                        + "FROM delivery_node ORDER BY host, pid")
                .query((rs, n) -> new Node(
                        rs.getLong("id"),
                        rs.getString("host"),
                        rs.getLong("pid"),
                        instant(rs, "started_at"),
                        rs.getLong("silent")))
                .list();
    }

    /** Servers that nodes have used, or that are paused; of nodes that are gone nothing is told. */
    @Transactional(readOnly = true)
    public List<Server> servers() {
        return jdbc.sql("SELECT k.server, COALESCE(SUM(s.reachable), 0) up, "
                        + "COALESCE(SUM(NOT s.reachable), 0) down, MAX(s.detail) detail, MAX(s.since) since, "
                        + "MAX(p.reason) reason FROM (SELECT server FROM delivery_server_state "
                        + "UNION SELECT server FROM delivery_server_pause) k "
                        + "LEFT JOIN delivery_server_state s ON s.server = k.server "
                        + "AND s.node IN (SELECT id FROM delivery_node) "
                        + "LEFT JOIN delivery_server_pause p ON p.server = k.server "
                        + "GROUP BY k.server ORDER BY k.server")
                .query((rs, n) -> new Server(
                        rs.getString("server"),
                        rs.getInt("up"),
                        rs.getInt("down"),
                        rs.getString("detail"),
                        maybe(rs, "since"),
                        rs.getString("reason")))
                .list();
    }

    @Transactional
    public void pauseServer(String server, String reason) {
        jdbc.sql("INSERT INTO delivery_server_pause (server, reason, paused_by, paused_at) "
                        + "VALUES (?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE reason = VALUES(reason), "
                        + "paused_by = VALUES(paused_by), paused_at = VALUES(paused_at)")
                .params(server, required(reason), operator())
                .update();
        servers.forget();
    }

    @Transactional
    public void resumeServer(String server) {
        jdbc.sql("DELETE FROM delivery_server_pause WHERE server = ?")
                .param(server)
                .update();
        servers.forget();
    }

    @Transactional(readOnly = true)
    public Lock lock() {
        if (lock.isByConfiguration()) {
            return new Lock(true, lock.reason().orElse(""), null, null, true);
        }
        Optional<Lock> found = jdbc.sql("SELECT lock_reason, locked_at, changed_by FROM installation WHERE id = 1")
                .query((rs, n) -> new Lock(
                        rs.getString(1) != null, rs.getString(1), maybe(rs, "locked_at"), rs.getString(3), false))
                .optional();
        return found.orElseGet(() -> new Lock(false, null, null, null, false));
    }

    /** Stops all sending of the installation. */
    @Transactional
    public void closeLock(String reason) {
        lock.close(required(reason), operator());
    }

    /**
     * Lets it go on.
     *
     * @param pauseRuns whether runs under way wait for their owners: right after a restore
     */
    public void openLock(boolean pauseRuns) {
        lock.open(operator(), pauseRuns);
    }

    private static String required(String reason) {
        String text = reason.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A reason is needed: others will ask");
        }
        return text.substring(0, Math.min(300, text.length()));
    }

    private static String operator() {
        return CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant maybe(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column) == null ? null : instant(rs, column);
    }
}
