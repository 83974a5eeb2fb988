package io.perennial.delivery;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.NoSuchElementException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a person decide about mails in doubt; delivery itself never does. Within the current tenant. */
@Service
@TenantSql("Changes the messages of a run by their state; every statement names the current tenant.")
public class Doubts {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Doubts(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    private record Found(RunState state, String composer, long reference) {}

    /**
     * Decides about all mails of a run that are in doubt now. Joins the caller's transaction.
     *
     * @return how many there were; 0 if somebody was faster
     * @throws NoSuchElementException if the current tenant has no such run
     * @throws IllegalStateException if they are to be sent again and the run was cancelled
     */
    @Transactional
    @PreAuthorize("hasAuthority('campaign:send')")
    public long settle(RunId run, DoubtChoice choice) {
        long tenant = CurrentTenant.require().value();
        Found found = jdbc.sql(
                        "SELECT state, composer, reference FROM delivery_run WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant, run.value())
                .query((rs, row) -> new Found(RunState.valueOf(rs.getString(1)), rs.getString(2), rs.getLong(3)))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("No run " + run));
        if (choice == DoubtChoice.SEND_AGAIN && found.state() == RunState.CANCELLED) {
            throw new IllegalStateException("The run was cancelled: nothing of it is sent any more");
        }
        String name = CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
        long changed = jdbc.sql("UPDATE message SET "
                        + (choice == DoubtChoice.SEND_AGAIN
                                ? "state = 'RETRY_AT', next_attempt_at = UTC_TIMESTAMP(6), changed_at = NULL, detail = ?"
                                : "state = 'SENT', sent_at = COALESCE(changed_at, UTC_TIMESTAMP(6)), detail = ?")
                        + " WHERE tenant_id = ? AND run_id = ? AND odd_state = 'IN_DOUBT'")
                .params(
                        (choice == DoubtChoice.SEND_AGAIN ? "Sent again by " : "Counted as sent by ") + name,
                        tenant,
                        run.value())
                .update();
        if (changed > 0) {
            if (choice == DoubtChoice.SEND_AGAIN) {
                jdbc.sql("UPDATE delivery_run SET state = 'SENDING', finished_at = NULL "
                                + "WHERE tenant_id = ? AND id = ? AND state = 'DONE'")
                        .params(tenant, run.value())
                        .update();
                events.publishEvent(new LedgerOutbox.RunReleased());
            } else {
                jdbc.sql("UPDATE delivery_cursor SET sent = sent + ? WHERE tenant_id = ? AND run_id = ?")
                        .params(changed, tenant, run.value())
                        .update();
            }
            events.publishEvent(new DoubtSettled(
                    CurrentTenant.require(), run, found.composer(), found.reference(), choice, changed));
        }
        return changed;
    }
}
