package io.perennial.customers;

import io.perennial.accounts.NodeEnd;
import io.perennial.customers.imports.ImportLedger;
import io.perennial.customers.imports.ImportStopped;
import io.perennial.kernel.TenantId;
import java.time.LocalDateTime;
import java.util.List;

/** Keeps how far a job is in its rows, for as long as this attempt at it is the latest. */
class JobLedger implements ImportLedger {

    private final ImportAttempts attempts;
    private final TenantId tenant;
    private final long job;
    private final ImportAttempts.Taken taken;
    private final RejectedFile rejected;
    private final RejectedStore rejectedRows;
    private final boolean dryRun;
    private final NodeEnd node;
    private final ImportMeters meters;

    JobLedger(
            ImportAttempts attempts,
            TenantId tenant,
            long job,
            ImportAttempts.Taken taken,
            RejectedFile rejected,
            RejectedStore rejectedRows,
            boolean dryRun,
            NodeEnd node) {
        this.attempts = attempts;
        this.tenant = tenant;
        this.job = job;
        this.taken = taken;
        this.rejected = rejected;
        this.rejectedRows = rejectedRows;
        this.dryRun = dryRun;
        this.node = node;
        this.meters = new ImportMeters(taken.counts());
    }

    @Override
    public LocalDateTime begun() {
        return taken.begun();
    }

    @Override
    public List<Mark> marks() {
        return attempts.marks(tenant, job);
    }

    @Override
    public ImportCounts counts() {
        return taken.counts();
    }

    @Override
    public void requireOurs() {
        if (node.isNear() || !attempts.isHeld(tenant, job, taken.attempt())) {
            throw new ImportStopped();
        }
    }

    @Override
    public void record(Entry entry) {
        int part = rejected.nextPart();
        for (RejectedPiece piece : rejected.pieces(entry.rejected())) {
            rejectedRows.add(tenant, job, part++, piece);
        }
        if (!dryRun) {
            attempts.addChunk(tenant, job, entry);
        }
        // Last, so that the row is locked for a moment only: the job's beat waits for it.
        if (!attempts.progress(tenant, job, taken.attempt(), entry.bytes(), entry.counts())) {
            throw new ImportStopped();
        }
        if (!dryRun) {
            meters.soFar(entry.counts());
        }
    }

    @Override
    public void recorded() {
        meters.committed();
        rejected.written();
    }
}
