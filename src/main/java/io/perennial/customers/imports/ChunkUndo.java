package io.perennial.customers.imports;

import io.perennial.customers.ConsentTopic;
import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes back what a chunk of an import did, as far as nothing was built on it since. Chunks are undone from the last to
 * the first. Nobody becomes mailable by it: consents are only taken back, and whoever decided about mails stays.
 */
@Component
@TenantSql("Reads and deletes by ranges and lists of ids; every statement names its tenant.")
public class ChunkUndo {

    private static final int STEP = 2_000;

    private final JdbcTemplate jdbc;
    private final ChunkTransactions transactions;
    private final CustomerStore customers;
    private final OrderStore orders;
    private final SummaryStore summaries;
    private final AttributeUndo attributes;
    private final CustomerChanges changes;

    ChunkUndo(
            JdbcTemplate jdbc,
            ChunkTransactions transactions,
            CustomerStore customers,
            OrderStore orders,
            SummaryStore summaries,
            AttributeUndo attributes,
            CustomerChanges changes) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.customers = customers;
        this.orders = orders;
        this.summaries = summaries;
        this.attributes = attributes;
        this.changes = changes;
    }

    /** Runs the undoing of a chunk in a transaction of its own, alone among the imports of the business. */
    public <T> T inTransaction(TenantId tenant, Supplier<T> work) {
        return transactions.run(tenant, work);
    }

    /** Does it, in the transaction around. */
    public void apply(UndoScope scope, UndoPlan plan) {
        TenantId tenant = scope.tenant();
        Set<Long> touched = new HashSet<>(plan.customersOfRestored);
        List<Long> removed = plan.ordersToRemove.stream().map(StoredOrder::id).toList();
        plan.ordersToRemove.forEach(order -> touched.add(order.customerId()));
        plan.ordersToRestore.forEach(order -> touched.add(order.customerId()));
        delete("DELETE FROM order_line WHERE tenant_id = ? AND order_id IN ", tenant, removed);
        delete("DELETE FROM customer_order WHERE tenant_id = ? AND id IN ", tenant, removed);
        orders.update(tenant, plan.ordersToRestore);
        if (!touched.isEmpty()) {
            summaries.recompute(tenant, touched);
        }
        restore(tenant, plan.customersToRestore);
        attributes.apply(tenant, plan);
        takeConsentsBack(scope, plan.consentsToTakeBack);
        if (!plan.tagsToTakeBack.isEmpty()) {
            Sql.batch(
                    jdbc,
                    "DELETE FROM customer_tag WHERE tenant_id = ? AND customer_id = ? AND tag = ?",
                    plan.tagsToTakeBack.stream()
                            .<@Nullable Object[]>map(
                                    tag -> new @Nullable Object[] {tenant.value(), tag.customer(), tag.word()})
                            .toList());
            changes.note(
                    tenant,
                    Set.of(CustomerAspect.TAGS),
                    plan.tagsToTakeBack.stream()
                            .map(UndoPlan.Tag::customer)
                            .distinct()
                            .toList());
        }
        for (UndoScope.Referring table : scope.along()) {
            delete(
                    "DELETE FROM " + table.table() + " WHERE tenant_id = ? AND " + table.column() + " IN ",
                    tenant,
                    plan.customersToRemove);
        }
        delete("DELETE FROM customer WHERE tenant_id = ? AND id IN ", tenant, plan.customersToRemove);
        changes.note(tenant, Set.of(CustomerAspect.EXISTENCE), plan.customersToRemove);
    }

    private void restore(TenantId tenant, List<StoredCustomer> restored) {
        // Ids and addresses may have gone round among them, and each may be there once only at any moment.
        Sql.steps(
                restored.stream().map(StoredCustomer::id).toList(),
                STEP,
                ids -> jdbc.update(
                        "UPDATE customer SET external_id = NULL, email = NULL WHERE tenant_id = ? AND erased_at IS"
                                + " NULL AND id IN " + Sql.list(ids),
                        tenant.value()));
        customers.update(tenant, restored, LocalDateTime.now(Clock.systemUTC()));
    }

    /** The consent goes, what was done on its ground stays on record. */
    private void takeConsentsBack(UndoScope scope, List<Long> consents) {
        if (consents.isEmpty()) {
            return;
        }
        delete(
                "DELETE FROM consent WHERE tenant_id = ? AND topic = '" + ConsentTopic.NEWS
                        + "' AND status = 'GRANTED' AND customer_id IN ",
                scope.tenant(),
                consents);
        customers.recordTakenBack(scope.tenant(), consents, "undo of " + scope.evidence());
    }

    private void delete(String sql, TenantId tenant, List<Long> ids) {
        Sql.steps(ids, STEP, some -> jdbc.update(sql + Sql.list(some), tenant.value()));
    }
}
