package io.perennial.customers.bulk;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.BulkTrace;
import io.perennial.customers.BulkTraces;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.Suppressions;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes back what a piece of a deed changed; a transaction each. */
@Component
class BulkUndoWork {

    private final BulkTraces traces;
    private final BulkJobStore store;
    private final BulkTags tags;
    private final BulkAttributes attributes;
    private final Suppressions suppressions;
    private final CustomerChanges changes;
    private final CustomerLocks locks;
    private final ObjectProvider<CustomerLists> lists;

    BulkUndoWork(
            BulkTraces traces,
            BulkJobStore store,
            BulkTags tags,
            BulkAttributes attributes,
            Suppressions suppressions,
            CustomerChanges changes,
            CustomerLocks locks,
            ObjectProvider<CustomerLists> lists) {
        this.traces = traces;
        this.store = store;
        this.tags = tags;
        this.attributes = attributes;
        this.suppressions = suppressions;
        this.changes = changes;
        this.locks = locks;
        this.lists = lists;
    }

    boolean hasRoom(TenantId tenant) {
        long first = TimeOrderedIds.firstAt(Instant.now().minus(BulkUndo.WITHIN));
        return store.changedSince(tenant, first) < BulkUndo.MOST_KEPT;
    }

    /** What is left of a piece may have become less since it was listed. */
    @Transactional
    BulkRuns.Step undo(TenantId tenant, long job, long piece, String by) {
        BulkTrace listed = traces.find(tenant, job, piece, false).orElse(null);
        if (listed == null) {
            return new BulkRuns.Step(0, 0);
        }
        locks.lock(tenant, listed.customers()); // as whoever changes them by hand: customers first, then what is kept
        Optional<BulkTrace> kept = traces.find(tenant, job, piece, true);
        if (kept.isEmpty()) {
            return new BulkRuns.Step(listed.customers().size(), 0);
        }
        BulkTrace trace = kept.get().without(traces.changedLater(tenant, job, kept.get()));
        int changed = trace.customers().isEmpty() ? 0 : takeBack(tenant, trace, piece, by);
        traces.forget(tenant, job, piece);
        return new BulkRuns.Step(listed.customers().size(), changed);
    }

    private int takeBack(TenantId tenant, BulkTrace trace, long piece, String by) {
        List<Long> all = trace.customers();
        return switch (trace.kind()) {
            case TAG_ON ->
                noted(
                        tenant,
                        CustomerAspect.TAGS,
                        tags.remove(tenant, trace.name(), all).values().stream()
                                .flatMap(List::stream)
                                .toList());
            case TAG_OFF ->
                trace.former().stream()
                        .mapToInt(one -> noted(
                                tenant,
                                CustomerAspect.TAGS,
                                tags.add(tenant, Objects.requireNonNull(one.value()), one.customers())))
                        .sum();
            case ATTRIBUTE -> noted(tenant, CustomerAspect.ATTRIBUTES, attributes.giveBack(tenant, trace));
            case LIST_ON -> ofList(() -> lists.getObject().remove(list(trace), all));
            case LIST_OFF -> ofList(() -> lists.getObject().add(list(trace), all));
            case SUPPRESSED ->
                suppressions.liftAll(all, Objects.requireNonNull(trace.after()), piece, t("bulk.undo.lifted", by));
        };
    }

    private static long list(BulkTrace trace) {
        return Long.parseLong(trace.name());
    }

    private static int ofList(Supplier<Set<Long>> change) {
        try {
            return change.get().size();
        } catch (NoSuchElementException gone) {
            throw new CustomerLists.Refused(t("bulk.undo.list_gone"));
        }
    }

    private int noted(TenantId tenant, CustomerAspect aspect, Collection<Long> changed) {
        if (!changed.isEmpty()) {
            changes.note(tenant, Set.of(aspect), changed);
        }
        return changed.size();
    }
}
