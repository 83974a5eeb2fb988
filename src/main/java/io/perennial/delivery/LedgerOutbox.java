package io.perennial.delivery;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The side of the ledger that those who order sendings see. */
@Service
@TenantSql("Freezes audiences by INSERT ... SELECT; every statement names the current tenant.")
class LedgerOutbox implements Outbox {

    /** Ids reserved for a run, and so the most people it may have: sixteen milliseconds' worth. */
    private static final int BLOCK = 1 << 24;

    /** As long as what settling adds to a row: a time, and a reply of the usual length. */
    private static final String ROOM = ".".repeat(44);

    private final JdbcClient jdbc;
    private final LedgerReader reader;
    private final ApplicationEventPublisher events;

    LedgerOutbox(JdbcClient jdbc, LedgerReader reader, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.reader = reader;
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
                        + "reply_to, topic, exempt, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PREPARING', "
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
                .param(spec.exempt())
                .update();
        jdbc.sql(
                        "INSERT INTO delivery_cursor (tenant_id, run_id, first_id, last_id, claimed_to) VALUES (?, ?, 1, 0, 0)")
                .params(tenant(), id.value())
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
        Bounds bounds = bounds(run);
        boolean first = bounds.last() < bounds.first();
        if (first) {
            bounds = reserve(run);
        }
        long room = bounds.first() + BLOCK - 1 - bounds.last();
        List<Object> params = new ArrayList<>(audience.params());
        params.addAll(List.of(tenant, bounds.last(), run.value(), tenant));
        if (!first) {
            params.addAll(List.of(tenant, run.value()));
        }
        params.add(room + 1);
        // The customer is joined so that whatever the audience's query says, everyone in it is the tenant's own. The
        // run is locked above, so it is there, and MySQL need not look for it again for each row; nobody else adds to
        // it meanwhile, so where nobody was added yet nobody can be there already.
        long added = jdbc.sql("INSERT /*+ SET_VAR(foreign_key_checks = OFF) */ INTO message "
                        + "(tenant_id, id, run_id, customer_id, email, state, room) "
                        + "WITH audience (id, email) AS (" + audience.sql() + ") "
                        + "SELECT ?, ? + ROW_NUMBER() OVER (ORDER BY a.id), ?, a.id, a.email, 'PENDING', '" + ROOM
                        + "' "
                        + "FROM audience a JOIN customer own ON own.tenant_id = ? AND own.id = a.id "
                        + (first
                                ? ""
                                : "LEFT JOIN message there ON there.tenant_id = ? AND there.run_id = ? "
                                        + "AND there.customer_id = a.id ")
                        + "WHERE a.email IS NOT NULL " + (first ? "" : "AND there.id IS NULL ") + "LIMIT ?")
                .params(params)
                .update();
        if (added > room) {
            throw new IllegalStateException("A run has room for " + BLOCK + " people, not more");
        }
        jdbc.sql("UPDATE delivery_cursor SET last_id = last_id + ? WHERE tenant_id = ? AND run_id = ?")
                .params(added, tenant, run.value())
                .update();
        jdbc.sql("UPDATE delivery_run SET audience = audience + ? WHERE tenant_id = ? AND id = ?")
                .params(added, tenant, run.value())
                .update();
        return added;
    }

    private record Bounds(long first, long last) {}

    /** Ids for the first who are added; later ones follow on, so that they remain one range. */
    private Bounds reserve(RunId run) {
        long first = TimeOrderedIds.nextBlock(BLOCK);
        jdbc.sql(
                        "UPDATE delivery_cursor SET first_id = ?, last_id = ?, claimed_to = ? WHERE tenant_id = ? AND run_id = ?")
                .params(first, first - 1, first - 1, tenant(), run.value())
                .update();
        return new Bounds(first, first - 1);
    }

    private Bounds bounds(RunId run) {
        return jdbc.sql("SELECT first_id, last_id FROM delivery_cursor WHERE tenant_id = ? AND run_id = ?")
                .params(tenant(), run.value())
                .query((rs, row) -> new Bounds(rs.getLong(1), rs.getLong(2)))
                .single();
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
            int skipped;
            do {
                skipped = LedgerUpkeep.skipSome(jdbc, tenant(), run);
            } while (skipped > 0);
            skipFresh(run);
        }
    }

    /** What no worker took yet: none may from here on. */
    private void skipFresh(RunId run) {
        record Fresh(long claimedTo, long last) {}
        Fresh fresh = jdbc.sql("SELECT claimed_to, last_id FROM delivery_cursor WHERE tenant_id = ? AND run_id = ? "
                        + "FOR UPDATE")
                .params(tenant(), run.value())
                .query((rs, row) -> new Fresh(rs.getLong(1), rs.getLong(2)))
                .single();
        int skipped = jdbc.sql("UPDATE message SET state = 'SKIPPED', detail = 'Cancelled', "
                        + "changed_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id > ? AND id <= ? AND run_id = ? "
                        + "AND state = 'PENDING'")
                .params(tenant(), fresh.claimedTo(), fresh.last(), run.value())
                .update();
        jdbc.sql("UPDATE delivery_cursor SET claimed_to = last_id, skipped = skipped + ? "
                        + "WHERE tenant_id = ? AND run_id = ?")
                .params(skipped, tenant(), run.value())
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public RunProgress progress(RunId run) {
        return reader.progress(tenant(), run);
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public Slice<MessageOutcome> outcomes(
            RunId run, @Nullable MessageState state, @Nullable String search, Pageable page) {
        return reader.outcomes(tenant(), run, state, search, page);
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('campaign:read')")
    public List<MessageOutcome> outcomesAfter(RunId run, @Nullable MessageState state, long after, int limit) {
        return reader.outcomesAfter(tenant(), run, state, after, limit);
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
