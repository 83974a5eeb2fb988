package io.perennial.delivery;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The side of the ledger that those who order sendings see. */
@Service
@TenantSql("Freezes audiences by INSERT ... SELECT and counts by state; every statement names the current tenant.")
class LedgerOutbox implements Outbox {

    /** Ids reserved for one INSERT: four milliseconds' worth. */
    private static final int BLOCK = 1 << 22;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    LedgerOutbox(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** A run may have work now. */
    record RunReleased() {}

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public RunId open(RunSpec spec) {
        RunId id = new RunId(TimeOrderedIds.next());
        MailHeaders.requireOneLine("The sender's name", spec.senderName());
        jdbc.sql("INSERT INTO delivery_run (tenant_id, id, composer, reference, title, sender_name, sender_email, "
                        + "reply_to, topic, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'PREPARING', "
                        + "UTC_TIMESTAMP(6))")
                .param(tenant())
                .param(id.value())
                .param(spec.composer())
                .param(spec.reference())
                .param(spec.title().substring(0, Math.min(200, spec.title().length())))
                .param(spec.senderName())
                .param(spec.senderAddress().value())
                .param(spec.replyTo() == null ? null : spec.replyTo().value())
                .param(spec.topic())
                .update();
        return id;
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public long enqueue(RunId run, SqlFragment audience) {
        long tenant = tenant();
        RunState state = lock(run);
        if (state == RunState.CANCELLED || state == RunState.DONE) {
            throw new IllegalStateException("The run is over (" + state + "): nobody can be added");
        }
        long added = 0;
        int block;
        do {
            long first = TimeOrderedIds.nextBlock(BLOCK);
            List<Object> params = new ArrayList<>(audience.params());
            params.addAll(List.of(tenant, first - 1, run.value(), tenant, tenant, run.value(), BLOCK));
            // The customer is joined so that whatever the audience's query says, everyone in it is the tenant's own.
            block = jdbc.sql("INSERT INTO message (tenant_id, id, run_id, customer_id, email, state) "
                            + "WITH audience (id, email) AS (" + audience.sql() + ") "
                            + "SELECT ?, ? + ROW_NUMBER() OVER (ORDER BY a.id), ?, a.id, a.email, 'PENDING' "
                            + "FROM audience a JOIN customer own ON own.tenant_id = ? AND own.id = a.id "
                            + "LEFT JOIN message there ON there.tenant_id = ? AND there.run_id = ? "
                            + "AND there.customer_id = a.id "
                            + "WHERE a.email IS NOT NULL AND there.id IS NULL ORDER BY a.id LIMIT ?")
                    .params(params)
                    .update();
            added += block;
        } while (block == BLOCK);
        jdbc.sql("UPDATE delivery_run SET audience = audience + ? WHERE tenant_id = ? AND id = ?")
                .params(added, tenant, run.value())
                .update();
        return added;
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void release(RunId run) {
        change(run, "state = 'SENDING', released_at = UTC_TIMESTAMP(6)", "state = 'PREPARING'");
        events.publishEvent(new RunReleased());
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void pause(RunId run) {
        change(run, "state = 'PAUSED', state_reason = NULL", "state = 'SENDING'");
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void resume(RunId run) {
        change(run, "state = 'SENDING', state_reason = NULL", "state = 'PAUSED'");
        events.publishEvent(new RunReleased());
    }

    @Override
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public void cancel(RunId run) {
        boolean changed = change(
                run,
                "state = 'CANCELLED', state_reason = NULL, finished_at = UTC_TIMESTAMP(6)",
                "state IN ('PREPARING', 'SENDING', 'PAUSED')");
        if (changed) {
            // What workers hold at this moment is settled by them or by LedgerUpkeep.
            jdbc.sql("UPDATE message SET state = 'SKIPPED', detail = 'Cancelled', changed_at = UTC_TIMESTAMP(6) "
                            + "WHERE tenant_id = ? AND run_id = ? AND state IN ('PENDING', 'RETRY_AT')")
                    .params(tenant(), run.value())
                    .update();
        }
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public RunProgress progress(RunId run) {
        Map<MessageState, Long> counts = new EnumMap<>(MessageState.class);
        jdbc.sql("SELECT state, COUNT(*) FROM message FORCE INDEX (ix_message_state) "
                        + "WHERE tenant_id = ? AND run_id = ? GROUP BY state")
                .params(tenant(), run.value())
                .query((rs, row) -> counts.put(MessageState.valueOf(rs.getString(1)), rs.getLong(2)))
                .list();
        return jdbc.sql(
                        "SELECT state, state_reason, audience, bounced, complained, unsubscribed, unique_opens, unique_clicks "
                                + "FROM delivery_run WHERE tenant_id = ? AND id = ?")
                .params(tenant(), run.value())
                .query((rs, row) -> progress(rs, counts))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("No run " + run));
    }

    private static RunProgress progress(ResultSet rs, Map<MessageState, Long> counts) throws SQLException {
        return new RunProgress(
                RunState.valueOf(rs.getString("state")),
                rs.getLong("audience"),
                count(counts, MessageState.PENDING) + count(counts, MessageState.RETRY_AT),
                count(counts, MessageState.CLAIMED) + count(counts, MessageState.TRANSMITTING),
                count(counts, MessageState.SENT),
                count(counts, MessageState.FAILED),
                count(counts, MessageState.SKIPPED),
                count(counts, MessageState.IN_DOUBT),
                rs.getLong("bounced"),
                rs.getLong("complained"),
                rs.getLong("unsubscribed"),
                rs.getLong("unique_opens"),
                rs.getLong("unique_clicks"),
                rs.getString("state_reason"));
    }

    private static long count(Map<MessageState, Long> counts, MessageState state) {
        return counts.getOrDefault(state, 0L);
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Slice<MessageOutcome> outcomes(
            RunId run, @Nullable MessageState state, @Nullable String search, Pageable page) {
        // What a worker holds and has begun is on its way.
        StringBuilder sql = new StringBuilder("SELECT m.id, m.customer_id, m.email, "
                + "IF(m.state = 'CLAIMED' AND c.begun_to >= m.id, 'TRANSMITTING', m.state) state, "
                + "COALESCE(m.changed_at, m.next_attempt_at) at, m.detail, m.opened_at, m.clicked_at FROM message m "
                + "LEFT JOIN delivery_claim c ON c.tenant_id = m.tenant_id AND c.fence = m.fence "
                + "WHERE m.tenant_id = ? AND m.run_id = ?");
        List<Object> params = new ArrayList<>(List.of(tenant(), run.value()));
        if (state != null) {
            sql.append(" AND m.state = ?");
            params.add((state == MessageState.TRANSMITTING ? MessageState.CLAIMED : state).name());
        }
        if (state == MessageState.TRANSMITTING) {
            sql.append(" AND c.begun_to >= m.id");
        } else if (state == MessageState.CLAIMED) {
            sql.append(" AND COALESCE(c.begun_to, 0) < m.id");
        }
        if (search != null && !search.isBlank()) {
            sql.append(" AND m.email LIKE ? ESCAPE '!'");
            params.add("%"
                    + search.strip()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace("!", "!!")
                            .replace("%", "!%")
                            .replace("_", "!_")
                    + "%");
        }
        sql.append(" ORDER BY m.id LIMIT ? OFFSET ?");
        params.add(page.isPaged() ? page.getPageSize() + 1 : Integer.MAX_VALUE);
        params.add(page.isPaged() ? page.getOffset() : 0);
        List<MessageOutcome> found = jdbc.sql(sql.toString())
                .params(params)
                .query((rs, row) -> new MessageOutcome(
                        rs.getLong("id"),
                        new CustomerId(rs.getLong("customer_id")),
                        rs.getString("email"),
                        MessageState.valueOf(rs.getString("state")),
                        instant(rs, "at"),
                        rs.getString("detail"),
                        instant(rs, "opened_at"),
                        instant(rs, "clicked_at")))
                .list();
        boolean more = page.isPaged() && found.size() > page.getPageSize();
        return new SliceImpl<>(more ? found.subList(0, page.getPageSize()) : found, page, more);
    }

    /** A DATETIME column as the instant in UTC that it holds. */
    static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        LocalDateTime time = rs.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    private RunState lock(RunId run) {
        return jdbc.sql("SELECT state FROM delivery_run WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant(), run.value())
                .query(String.class)
                .optional()
                .map(RunState::valueOf)
                .orElseThrow(() -> new NoSuchElementException("No run " + run));
    }

    /** Changes a run that is in a state that allows it; otherwise nothing happens. */
    private boolean change(RunId run, String change, String condition) {
        lock(run);
        return jdbc.sql("UPDATE delivery_run SET " + change + " WHERE tenant_id = ? AND id = ? AND " + condition)
                        .params(tenant(), run.value())
                        .update()
                == 1;
    }

    private static long tenant() {
        TenantId tenant = CurrentTenant.require();
        return tenant.value();
    }
}
