package io.perennial.customers;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.attributes.AttributeId;
import io.perennial.customers.imports.SummaryStore;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventData;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.Happenings;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes two customers one, and takes that back for 30 days. The merged one's row stays, hidden as erased ones are: the
 * shop's files go on naming it, and what they bring moves on to the survivor.
 *
 * <p>What becomes of the rows of other tables is {@link MergedRows}', of the customers' own {@link MergedProfiles}', of
 * the business's attributes {@link MergedAttributes}', of the address {@link MergedSuppression}'s. What a merge would do
 * is shown by {@link MergePreviews}.
 *
 * @see <a href="../../../../../docs/decisions/0212-merging-customers.md">0212-merging-customers.md</a>
 */
@Service
@TenantSql("Counts the orders that came since a merge; the statement names the current tenant.")
public class CustomerMerges {

    /** Days for which a merge can be taken back. */
    public static final int UNDO_DAYS = 30;

    private final JdbcClient jdbc;
    private final MergedRows rows;
    private final MergedProfiles profiles;
    private final MergedAttributes attributes;
    private final MergedSuppression suppression;
    private final MergedPairs pairs;
    private final MergeLog log;
    private final SummaryStore summaries;
    private final CustomerChanges changes;
    private final Happenings happenings;
    private final AuditLog audit;

    CustomerMerges(
            JdbcClient jdbc,
            MergedRows rows,
            MergedProfiles profiles,
            MergedAttributes attributes,
            MergedSuppression suppression,
            MergedPairs pairs,
            MergeLog log,
            SummaryStore summaries,
            CustomerChanges changes,
            Happenings happenings,
            AuditLog audit) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.profiles = profiles;
        this.attributes = attributes;
        this.suppression = suppression;
        this.pairs = pairs;
        this.log = log;
        this.summaries = summaries;
        this.changes = changes;
        this.audit = audit;
        this.happenings = happenings;
    }

    /**
     * What became of taking a merge back.
     *
     * @param kept columns of {@link MergeFields} and names of attributes that were changed since and stay as they are now
     * @param tables of which rows were changed or taken away since
     * @param newOrders orders placed since, which stay with the survivor
     */
    public record Undone(List<String> kept, List<String> tables, long newOrders) {

        /** Whether all is as it was. */
        public boolean isWhole() {
            return kept.isEmpty() && tables.isEmpty() && newOrders == 0;
        }
    }

    /**
     * Merges one customer into another. Consent, tracking and suppression are not chosen: the stricter holds.
     *
     * @param taken columns of {@link MergeFields} whose value comes from the merged one; the survivor's empty ones are
     *     filled from there in any case
     * @param takenAttributes attributes of the business's own whose value comes from the merged one, likewise
     * @throws CustomerNotFound if one of them is no customer here, or not any more
     * @throws MergeRefused if they are the same
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public CustomerMerge merge(
            CustomerId survivor, CustomerId merged, Set<String> taken, Set<AttributeId> takenAttributes) {
        if (survivor.equals(merged)) {
            throw new MergeRefused(MergeRefused.Why.SAME);
        }
        // In the order of their ids, so that two who merge the same pair wait for each other.
        boolean first = survivor.value() < merged.value();
        Map<String, @Nullable String> one = profiles.read(first ? survivor : merged, true);
        Map<String, @Nullable String> two = profiles.read(first ? merged : survivor, true);
        Map<String, @Nullable String> keep = first ? one : two;
        Map<String, @Nullable String> go = first ? two : one;
        Map<String, @Nullable String> after = MergedProfiles.chosen(keep, go, taken);
        SuppressionReason reason = suppression.stricter(keep.get("email"), go.get("email"));
        List<MergeUndo.Taken> exchanged = attributes.take(survivor, merged, takenAttributes);
        MergedRows.Moved moved = rows.move(survivor, merged);
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        List<Long> followers = profiles.hide(merged, survivor, now);
        profiles.settle(survivor, merged, keep, go, after);
        MergedSuppression.Done suppressed = suppression.suppress(after.get("email"), reason, survivor);
        MergeUndo undo = new MergeUndo(
                keep,
                after,
                go,
                moved.moved(),
                moved.replaced(),
                followers,
                suppressed,
                exchanged,
                pairs.forget(merged));
        long id = TimeOrderedIds.next();
        log.add(id, survivor, merged, now, by(), undo);
        refresh(survivor, merged);
        audit.record(
                CustomerDeed.MERGED,
                survivor,
                null,
                AuditChanges.none()
                        .and("customers.change.survivor", null, survivor)
                        .and("customers.change.merged", null, merged));
        return new CustomerMerge(
                id,
                survivor,
                merged,
                go.get("email") == null ? go.get("external_id") : go.get("email"),
                now.toInstant(ZoneOffset.UTC),
                by(),
                null,
                true);
    }

    /**
     * Takes a merge back: both are as they were, but for what was changed since.
     *
     * @throws MergeRefused if it is too late, was undone, or the survivor was merged on meanwhile
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public Undone undo(long merge) {
        CustomerMerge done = log.lock(merge).orElseThrow(() -> new MergeRefused(MergeRefused.Why.TOO_LATE));
        if (done.undoneAt() != null) {
            throw new MergeRefused(MergeRefused.Why.UNDONE);
        }
        if (!done.canBeUndone()) {
            throw new MergeRefused(MergeRefused.Why.TOO_LATE);
        }
        if (!profiles.areAsMerged(done)) {
            throw new MergeRefused(MergeRefused.Why.MERGED_ON);
        }
        MergeUndo undo = log.undoOf(merge);
        List<String> tables = rows.giveBack(done, undo);
        List<String> kept = new ArrayList<>();
        for (MergeUndo.Taken taken : undo.taken()) {
            String changed = attributes.giveBack(done.survivor(), done.merged(), taken);
            if (changed != null) {
                kept.add(changed);
            }
        }
        profiles.restore(done, undo, kept);
        suppression.lift(undo.suppression(), done.survivor());
        pairs.restore(undo.pairs());
        log.undone(merge, by());
        refresh(done.survivor(), done.merged());
        audit.record(
                CustomerDeed.MERGE_UNDONE,
                done.survivor(),
                null,
                AuditChanges.none()
                        .and("customers.change.survivor", null, done.survivor())
                        .and("customers.change.merged", done.merged(), null));
        long newOrders = jdbc.sql(
                        "SELECT COUNT(*) FROM customer_order WHERE tenant_id = ? AND customer_id = ? AND id > ?")
                .params(tenant(), done.survivor().value(), merge)
                .query(Long.class)
                .single();
        return new Undone(
                kept.stream().distinct().toList(), tables.stream().distinct().toList(), newOrders);
    }

    /** The merges of a customer that can still be taken back, and those that were, the latest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<CustomerMerge> of(CustomerId survivor) {
        return log.of(survivor);
    }

    /** For the upkeep: what files brought for a merged customer goes on to the survivor. */
    @Transactional
    void moveOn(CustomerId survivor, CustomerId merged, long merge) {
        MergeUndo undo = log.undoOf(merge);
        if (rows.moveMore(survivor, merged, undo)) {
            log.changeUndo(merge, undo);
            refresh(survivor, merged);
        }
    }

    private void refresh(CustomerId survivor, CustomerId merged) {
        List<Long> both = List.of(survivor.value(), merged.value());
        summaries.recompute(CurrentTenant.require(), both);
        changes.note(CurrentTenant.require(), EnumSet.allOf(CustomerAspect.class), both);
        // Asked for, the merged one is not there any more.
        happenings.tellOf(CurrentTenant.require(), EventType.CUSTOMER_UPDATED, both, EventData.Customers::new);
    }

    private static String by() {
        return CurrentStaff.find().map(StaffPrincipal::displayName).orElse("Perennial");
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
