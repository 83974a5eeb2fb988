package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far the guide of a new business has come. Each step is kept on its own, so whoever comes back, in another browser
 * too, goes on where it stands.
 */
@Service
@PreAuthorize("hasAuthority('settings:write')")
@TenantSql("A handful of rows of one business, by its id.")
public class Guide {

    /** What became of a step. */
    public enum Outcome {
        DONE,
        SKIPPED
    }

    /**
     * How it stands.
     *
     * @param begun whether it was ever opened here: businesses older than the guide have none
     * @param left whether its founder is through with it
     * @param checklistGone whether Home shows the first steps no more
     * @param outcomes by the key of the step; open ones are missing
     */
    public record State(boolean begun, boolean left, boolean checklistGone, Map<String, Outcome> outcomes) {

        public State {
            outcomes = Map.copyOf(outcomes);
        }

        public boolean isDone(String step) {
            return outcomes.get(step) == Outcome.DONE;
        }

        public boolean isOpen(String step) {
            return !outcomes.containsKey(step);
        }
    }

    private final JdbcClient jdbc;
    private final AuditLog audit;

    Guide(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    public State state() {
        long tenant = CurrentTenant.require().value();
        Map<String, Outcome> outcomes = new HashMap<>();
        jdbc.sql("SELECT step, outcome FROM guide_step WHERE tenant_id = ?")
                .param(tenant)
                .query(rs -> {
                    outcomes.put(rs.getString(1), Outcome.valueOf(rs.getString(2)));
                });
        return jdbc.sql("SELECT left_at IS NOT NULL, checklist_gone_at IS NOT NULL FROM guide WHERE tenant_id = ?")
                .param(tenant)
                .query((rs, n) -> new State(true, rs.getBoolean(1), rs.getBoolean(2), outcomes))
                .optional()
                .orElseGet(() -> new State(false, false, false, outcomes));
    }

    /** Opens the guide, again if it was left. */
    @Transactional
    public void open() {
        touch("left_at = NULL");
    }

    /** Saves what a step asks for and what other features add to it: all of it, or nothing where one of them fails. */
    @Transactional
    public void together(Runnable save) {
        save.run();
    }

    /** Notes what became of a step. A done step stays done if somebody skips it later. */
    @Transactional
    public void mark(String step, Outcome outcome) {
        if (!step.matches("[a-z_]{1,30}")) {
            throw new IllegalArgumentException("No step of the guide: " + step);
        }
        touch("left_at = left_at");
        jdbc.sql("INSERT INTO guide_step (tenant_id, step, outcome, at) VALUES (?, ?, ?, UTC_TIMESTAMP(6)) "
                        + "ON DUPLICATE KEY UPDATE outcome = IF(outcome = 'DONE', outcome, VALUES(outcome))")
                .params(CurrentTenant.require().value(), step, outcome.name())
                .update();
    }

    /** Ends the guide, finished or not; it can be opened again. */
    @Transactional
    public void leave() {
        State before = state();
        touch("left_at = UTC_TIMESTAMP(6)");
        if (!before.left()) {
            audit.record(StaffDeed.GUIDE_LEFT, null, null);
        }
    }

    /** Takes the first steps off Home, for everybody here. */
    @Transactional
    public void hideChecklist() {
        touch("checklist_gone_at = UTC_TIMESTAMP(6)");
        audit.record(StaffDeed.CHECKLIST_HIDDEN, null, null);
    }

    /** Puts them back. */
    @Transactional
    public void showChecklist() {
        touch("checklist_gone_at = NULL");
    }

    /** A business without a guide gets one that is over, unless it is being opened. */
    private void touch(String change) {
        TenantId tenant = CurrentTenant.require();
        boolean opening = change.equals("left_at = NULL");
        jdbc.sql("INSERT INTO guide (tenant_id, begun_at, left_at, checklist_gone_at) VALUES (?, UTC_TIMESTAMP(6), "
                        + (opening ? "NULL" : "UTC_TIMESTAMP(6)")
                        + ", NULL) ON DUPLICATE KEY UPDATE begun_at = begun_at")
                .param(tenant.value())
                .update();
        jdbc.sql("UPDATE guide SET " + change + " WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }
}
