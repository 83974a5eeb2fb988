package io.perennial.customers.bulk;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.BulkTrace;
import io.perennial.customers.BulkTrace.Kind;
import io.perennial.customers.BulkTraces;
import io.perennial.customers.ConsentService;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.Erasures;
import io.perennial.customers.Evidence;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Does a deed to the customers of one piece; a transaction each, so that a stop in the middle leaves whole pieces. */
@Component
@TenantSql("Pieces of a selection by id, which names the tenant.")
class BulkWork {

    /** Customers of a piece. */
    static final int PIECE = 1_000;

    private final JdbcClient jdbc;
    private final BulkTags tags;
    private final BulkAttributes attributes;
    private final BulkTraces traces;
    private final CustomerLocks locks;
    private final ConsentService consents;
    private final Suppressions suppressions;
    private final Erasures erasures;
    private final CustomerChanges changes;
    private final ObjectProvider<CustomerLists> lists;

    BulkWork(
            JdbcClient jdbc,
            BulkTags tags,
            BulkAttributes attributes,
            BulkTraces traces,
            CustomerLocks locks,
            ConsentService consents,
            Suppressions suppressions,
            Erasures erasures,
            CustomerChanges changes,
            ObjectProvider<CustomerLists> lists) {
        this.jdbc = jdbc;
        this.tags = tags;
        this.attributes = attributes;
        this.traces = traces;
        this.locks = locks;
        this.consents = consents;
        this.suppressions = suppressions;
        this.erasures = erasures;
        this.changes = changes;
        this.lists = lists;
    }

    /** The next ids of a selection, from where the last piece ended: the selection is never whole in memory. */
    List<Long> piece(SqlFragment selected, long after) {
        return jdbc.sql("SELECT id FROM (" + selected.sql() + ") selected WHERE id > ? ORDER BY id LIMIT " + PIECE)
                .params(selected.params())
                .param(after)
                .query((rs, n) -> rs.getLong(1))
                .list();
    }

    /**
     * What to do.
     *
     * @param undoable whether what it changes is kept, so that it can be undone
     */
    record Order(long job, BulkAction action, String by, boolean undoable) {}

    /** Gives how many it changed. */
    @Transactional
    int apply(TenantId tenant, Order order, List<Long> ids) {
        return switch (order.action()) {
            case BulkAction.AddTag add -> {
                locks.lock(tenant, ids);
                yield addTag(tenant, order, add.tag(), ids);
            }
            case BulkAction.RemoveTag remove -> {
                locks.lock(tenant, ids);
                yield removeTag(tenant, order, remove.tag(), ids).size();
            }
            case BulkAction.ReplaceTag replace -> {
                locks.lock(tenant, ids);
                // Taken off first: it may be the same tag in other letters, and there has to be room.
                List<Long> had = removeTag(tenant, order, replace.tag(), ids);
                addTag(tenant, order, replace.by().tag(), had);
                yield had.size();
            }
            case BulkAction.SetAttribute set -> {
                locks.lock(tenant, ids);
                BulkTrace done = attributes.set(tenant, set.attribute(), set.value(), ids);
                yield noted(tenant, order, CustomerAspect.ATTRIBUTES, done);
            }
            case BulkAction.AddToList add -> {
                Set<Long> came = ofList(() -> lists.getObject().add(add.list(), ids));
                yield kept(tenant, order, BulkTrace.of(Kind.LIST_ON, BulkTrace.list(add.list()), came));
            }
            case BulkAction.RemoveFromList remove -> {
                Set<Long> left = ofList(() -> lists.getObject().remove(remove.list(), ids));
                yield kept(tenant, order, BulkTrace.of(Kind.LIST_OFF, BulkTrace.list(remove.list()), left));
            }
            case BulkAction.WithdrawConsent withdraw ->
                consents.withdrawAll(ids, withdraw.topic(), Evidence.of(order.by()));
            case BulkAction.Suppress suppress -> {
                String evidence = order.by() + ": " + suppress.reason();
                Set<Long> suppressed = suppressions.suppressAll(ids, SuppressionReason.MANUAL, evidence);
                BulkTrace.Former former = new BulkTrace.Former(null, List.copyOf(suppressed));
                yield kept(tenant, order, new BulkTrace(Kind.SUPPRESSED, "suppression", List.of(former), evidence));
            }
            case BulkAction.Erase _ ->
                erasures.eraseAll(ids.stream().map(CustomerId::new).toList());
        };
    }

    /** A list may have been deleted since it was chosen. */
    private static Set<Long> ofList(Supplier<Set<Long>> change) {
        try {
            return change.get();
        } catch (NoSuchElementException gone) {
            throw new CustomerLists.Refused(t("bulk.list_gone"));
        }
    }

    private int addTag(TenantId tenant, Order order, String tag, List<Long> ids) {
        List<Long> tagged = tags.add(tenant, tag, ids);
        return noted(tenant, order, CustomerAspect.TAGS, BulkTrace.of(Kind.TAG_ON, BulkTrace.tag(tag), tagged));
    }

    private List<Long> removeTag(TenantId tenant, Order order, String tag, List<Long> ids) {
        List<BulkTrace.Former> former = new ArrayList<>();
        tags.remove(tenant, tag, ids).forEach((spelling, had) -> former.add(new BulkTrace.Former(spelling, had)));
        BulkTrace done = new BulkTrace(Kind.TAG_OFF, BulkTrace.tag(tag), former, null);
        noted(tenant, order, CustomerAspect.TAGS, done);
        return done.customers();
    }

    private int noted(TenantId tenant, Order order, CustomerAspect aspect, BulkTrace done) {
        if (!done.customers().isEmpty()) {
            changes.note(tenant, Set.of(aspect), done.customers());
        }
        return kept(tenant, order, done);
    }

    private int kept(TenantId tenant, Order order, BulkTrace done) {
        if (order.undoable()) {
            traces.keep(tenant, order.job(), done);
        }
        return done.customers().size();
    }
}
