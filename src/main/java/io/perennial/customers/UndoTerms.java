package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.kernel.TenantId;
import io.perennial.uikit.Formats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Until when an import can be undone, or why it cannot. */
@Component
class UndoTerms {

    /** Of what is imported; decisions that people took about mails are evidence, and stay. */
    private static final Set<ImportKind> UNDOABLE = Set.of(ImportKind.CUSTOMERS, ImportKind.ORDERS);

    private final ImportJobRows rows;
    private final UndoStore store;
    private final UndoChunks chunks;
    private final Businesses businesses;

    UndoTerms(ImportJobRows rows, UndoStore store, UndoChunks chunks, Businesses businesses) {
        this.rows = rows;
        this.store = store;
        this.chunks = chunks;
        this.businesses = businesses;
    }

    /** Nothing where it cannot be undone. */
    Optional<Instant> until(TenantId tenant, long importId) {
        return whyNot(tenant, importId).isPresent()
                ? Optional.empty()
                : rows.find(tenant, importId).map(job -> end(tenant, job));
    }

    /** In words; nothing where it can be undone. */
    Optional<String> whyNot(TenantId tenant, long importId) {
        ImportJob job = rows.find(tenant, importId).orElse(null);
        if (job == null) {
            return Optional.of(t("customers.refused.undo_unknown"));
        }
        if (job.dryRun()) {
            return Optional.of(t("customers.refused.undo_check"));
        }
        if (!UNDOABLE.contains(job.kind())) {
            return Optional.of(t("customers.refused.undo_evidence"));
        }
        if (!job.state().isOver()) {
            return Optional.of(t("customers.refused.undo_running"));
        }
        if (store.find(tenant, importId)
                .filter(undo -> undo.state() == ImportState.DONE)
                .isPresent()) {
            return Optional.of(t("customers.refused.undo_done"));
        }
        Instant end = end(tenant, job);
        if (!Instant.now(Clock.systemUTC()).isBefore(end)) {
            return Optional.of(t(
                    "customers.refused.undo_late",
                    Formats.dateTime(end, businesses.current().zone())));
        }
        return chunks.toDo(tenant, importId).isEmpty()
                ? Optional.of(t("customers.refused.undo_nothing"))
                : Optional.empty();
    }

    private Instant end(TenantId tenant, ImportJob job) {
        Duration kept = store.days(tenant, job.id()).orElse(ImportUndo.WITHIN);
        return Objects.requireNonNull(job.finishedAt()).plus(kept);
    }
}
