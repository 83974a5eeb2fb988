package io.perennial.customers.bulk;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ConsentService;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.customers.CustomerLists;
import io.perennial.customers.CustomerTags;
import io.perennial.customers.Erasures;
import io.perennial.customers.Evidence;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.customers.attributes.AttributeStore;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Does a deed to the customers of one piece; a transaction each, so that a stop in the middle leaves whole pieces. */
@Component
@TenantSql("Tags of thousands in one statement each, and pieces of a selection by id; each names the tenant.")
class BulkWork {

    /** Customers of a piece. */
    static final int PIECE = 1_000;

    private final JdbcClient jdbc;
    private final AttributeStore attributes;
    private final ConsentService consents;
    private final Suppressions suppressions;
    private final Erasures erasures;
    private final CustomerChanges changes;
    private final ObjectProvider<CustomerLists> lists;

    BulkWork(
            JdbcClient jdbc,
            AttributeStore attributes,
            ConsentService consents,
            Suppressions suppressions,
            Erasures erasures,
            CustomerChanges changes,
            ObjectProvider<CustomerLists> lists) {
        this.jdbc = jdbc;
        this.attributes = attributes;
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

    /** Gives how many it changed. */
    @Transactional
    int apply(TenantId tenant, BulkAction action, List<Long> ids, String by) {
        return switch (action) {
            case BulkAction.AddTag add -> noted(tenant, CustomerAspect.TAGS, ids, addTag(tenant, add.tag(), ids));
            case BulkAction.RemoveTag remove ->
                noted(tenant, CustomerAspect.TAGS, ids, removeTag(tenant, remove.tag(), ids));
            case BulkAction.ReplaceTag replace -> {
                // Taken off first: it may be the same tag in other letters, and there has to be room.
                int removed = removeTag(tenant, replace.tag(), ids);
                addTag(tenant, replace.by().tag(), ids);
                yield noted(tenant, CustomerAspect.TAGS, ids, removed);
            }
            case BulkAction.SetAttribute set ->
                noted(tenant, CustomerAspect.ATTRIBUTES, ids, setAttribute(tenant, set, ids));
            case BulkAction.AddToList add -> ofList(() -> lists.getObject().add(add.list(), ids));
            case BulkAction.RemoveFromList remove ->
                ofList(() -> lists.getObject().remove(remove.list(), ids));
            case BulkAction.WithdrawConsent withdraw -> consents.withdrawAll(ids, withdraw.topic(), Evidence.of(by));
            case BulkAction.Suppress suppress ->
                suppressions.suppressAll(ids, SuppressionReason.MANUAL, by + ": " + suppress.reason());
            case BulkAction.Erase _ ->
                erasures.eraseAll(ids.stream().map(CustomerId::new).toList());
        };
    }

    /** A list may have been deleted since it was chosen. */
    private static int ofList(IntSupplier change) {
        try {
            return change.getAsInt();
        } catch (NoSuchElementException gone) {
            throw new CustomerLists.Refused(t("bulk.list_gone"));
        }
    }

    private int noted(TenantId tenant, CustomerAspect aspect, List<Long> ids, int changed) {
        if (changed > 0) {
            changes.note(tenant, Set.of(aspect), ids);
        }
        return changed;
    }

    private int addTag(TenantId tenant, String tag, List<Long> ids) {
        return jdbc.sql("INSERT INTO customer_tag (tenant_id, customer_id, tag) SELECT c.tenant_id, c.id, ? FROM"
                        + " customer c WHERE c.tenant_id = ? AND c.erased_at IS NULL AND c.id"
                        + " IN (" + marks(ids) + ") "
                        + "AND NOT EXISTS (SELECT 1 FROM customer_tag g WHERE g.tenant_id = c.tenant_id "
                        + "AND g.customer_id = c.id AND g.tag = ?) AND (SELECT COUNT(*) FROM customer_tag m "
                        + "WHERE m.tenant_id = c.tenant_id AND m.customer_id = c.id) < " + CustomerTags.MOST)
                .param(tag)
                .param(tenant.value())
                .params(new ArrayList<Object>(ids))
                .param(tag)
                .update();
    }

    private int removeTag(TenantId tenant, String tag, List<Long> ids) {
        return jdbc.sql("DELETE FROM customer_tag WHERE tenant_id = ? AND tag = ? AND customer_id IN (" + marks(ids)
                        + ")")
                .params(tenant.value(), tag)
                .params(new ArrayList<Object>(ids))
                .update();
    }

    private int setAttribute(TenantId tenant, BulkAction.SetAttribute set, List<Long> ids) {
        Map<Long, AttributeValue> before = attributes.read(tenant, set.attribute(), ids);
        AttributeValue value = set.value();
        if (value == null) {
            touch(tenant, before.keySet());
            attributes.clear(tenant, set.attribute(), before.keySet());
            return before.size();
        }
        Map<Long, AttributeValue> changed = new HashMap<>();
        ids.stream().filter(id -> !value.equals(before.get(id))).forEach(id -> changed.put(id, value));
        touch(tenant, changed.keySet());
        attributes.write(tenant, set.attribute(), changed);
        return changed.size();
    }

    /** Their rows say that they were changed, as when one is changed by hand: undoing an import looks at it. */
    private void touch(TenantId tenant, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("UPDATE customer SET updated_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id IN (" + marks(ids)
                            + ")")
                    .param(tenant.value())
                    .params(new ArrayList<Object>(ids))
                    .update();
        }
    }

    private static String marks(Collection<Long> ids) {
        return String.join(",", Collections.nCopies(ids.size(), "?"));
    }
}
