package io.perennial.customers;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.SampleState.Stage;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Made-up customers and orders for a new business to look around with. They come by two imports like any shop's, the
 * second as soon as the first is through, and go by undoing both; what can be undone is kept for a year.
 */
@Service
@PreAuthorize("hasAuthority('customer:import')")
@TenantSql("One row of one business, by its id.")
public class SampleShops {

    private static final int UNDO_DAYS = 366;

    private record Row(@Nullable Long customers, @Nullable Long orders, boolean leaving, boolean stale) {}

    private final JdbcClient jdbc;
    private final Businesses businesses;
    private final Customers known;
    private final ImportJobs imports;
    private final ImportUndo undo;
    private final ImportFiles files;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    SampleShops(
            JdbcClient jdbc,
            Businesses businesses,
            Customers known,
            ImportJobs imports,
            ImportUndo undo,
            ImportFiles files,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.businesses = businesses;
        this.known = known;
        this.imports = imports;
        this.undo = undo;
        this.files = files;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** How it stands; also sees to it that what another node left begun goes on. */
    public SampleState state() {
        return row().map(this::stateOf).orElse(SampleState.NONE);
    }

    /**
     * Begins to load it and returns at once.
     *
     * @return false if this business has customers, or it is there already: then nothing is done
     */
    public boolean load() {
        TenantId tenant = CurrentTenant.require();
        if (known.any()) {
            return false;
        }
        Boolean first = transaction.execute(status -> {
            boolean claimed = jdbc.sql("INSERT IGNORE INTO sample_shop (tenant_id, customers_import, begun_at) "
                                    + "VALUES (?, 0, UTC_TIMESTAMP(6))")
                            .param(tenant.value())
                            .update()
                    == 1;
            if (claimed) {
                audit.record(CustomerDeed.SAMPLE_LOADED, null, null);
            }
            return claimed;
        });
        if (!Boolean.TRUE.equals(first)) {
            return false;
        }
        follow(begin(ImportKind.CUSTOMERS));
        return true;
    }

    /**
     * Begins to take all of it away and returns at once. Customers stay whom something was built on meanwhile: a mail was
     * sent to them, an order of another import is theirs.
     *
     * @return false if there is nothing to remove, or it is under way
     */
    public boolean remove() {
        Optional<Row> row = row().filter(each -> !each.leaving());
        if (row.isEmpty() || stateOf(row.get()).stage() == Stage.LOADING) {
            return false;
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE sample_shop SET leaving = TRUE WHERE tenant_id = ?")
                    .param(CurrentTenant.require().value())
                    .update();
            audit.record(CustomerDeed.SAMPLE_REMOVED, null, null);
        });
        // One after the other: orders first, for customers stay who have orders.
        undo(row.get().orders());
        undo(row.get().customers());
        return true;
    }

    private void undo(@Nullable Long importId) {
        if (importId != null && undo.possibleUntil(importId).isPresent()) {
            undo.undo(importId);
        }
    }

    private SampleState stateOf(Row row) {
        if (row.leaving()) {
            return leaving(row);
        }
        ImportJob customers = job(row.customers());
        ImportJob orders = job(row.orders());
        if (orders != null && orders.state() == ImportState.DONE) {
            return new SampleState(Stage.LOADED, 1, null);
        }
        for (ImportJob job : new @Nullable ImportJob[] {orders, customers}) {
            if (job != null && job.state().isOver() && job.state() != ImportState.DONE) {
                return new SampleState(Stage.STOPPED, 0, job.message());
            }
        }
        if (customers == null) { // being begun, or its node stopped just then
            return new SampleState(row.stale() ? Stage.STOPPED : Stage.LOADING, 0, null);
        }
        if (customers.state() == ImportState.DONE && orders == null) {
            if (row.orders() != null && row.stale()) { // its node stopped as it began the second
                return new SampleState(Stage.STOPPED, 0, null);
            }
            beginOrders();
        }
        return new SampleState(
                Stage.LOADING, 0.3 * customers.progress() + (orders == null ? 0 : 0.7 * orders.progress()), null);
    }

    private SampleState leaving(Row row) {
        double progress = 0;
        boolean over = true;
        for (Long id : Arrays.asList(row.orders(), row.customers())) {
            Optional<UndoJob> job = id == null ? Optional.empty() : undo.find(id);
            over &= job.map(each -> each.state().isOver()).orElse(true);
            progress += job.map(UndoJob::progress).orElse(1.0) / 2;
        }
        if (!over) {
            return new SampleState(Stage.LEAVING, progress, null);
        }
        jdbc.sql("DELETE FROM sample_shop WHERE tenant_id = ? AND leaving")
                .param(CurrentTenant.require().value())
                .update();
        return SampleState.NONE;
    }

    private @Nullable ImportJob job(@Nullable Long id) {
        return id == null || id == 0 ? null : imports.find(id).orElse(null);
    }

    /** On the thread of the first import, or whoever looks first: one of them begins the second. */
    private void beginOrders() {
        boolean mine =
                jdbc.sql("UPDATE sample_shop SET orders_import = 0 WHERE tenant_id = ? AND orders_import IS NULL "
                                        + "AND NOT leaving")
                                .param(CurrentTenant.require().value())
                                .update()
                        == 1;
        if (mine) {
            begin(ImportKind.ORDERS);
        }
    }

    private void follow(long customers) {
        imports.watch(customers, job -> {
            if (job.state() == ImportState.DONE) {
                beginOrders();
            }
        });
        state(); // it may have been through before we began to watch
    }

    private long begin(ImportKind kind) {
        Business business = businesses.current();
        SampleShop shop = new SampleShop(
                LocalDateTime.now(business.zone()),
                business.country(),
                business.currency().getCurrencyCode(),
                business.currency().getDefaultFractionDigits());
        byte[] csv = kind == ImportKind.CUSTOMERS ? shop.customersCsv() : shop.ordersCsv();
        String header =
                new String(csv, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
        long id;
        try {
            Path file = files.fresh();
            Files.write(file, csv);
            id = imports.start(
                    kind,
                    file,
                    ImportMapping.guess(kind, Arrays.asList(header.split(","))),
                    ImportOptions.of("sample-" + kind.name().toLowerCase(Locale.ROOT) + ".csv", CsvFormat.STANDARD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jdbc.sql("UPDATE sample_shop SET "
                        + (kind == ImportKind.CUSTOMERS ? "customers_import" : "orders_import")
                        + " = ? WHERE tenant_id = ?")
                .params(id, CurrentTenant.require().value())
                .update();
        undo.keepFor(id, UNDO_DAYS);
        return id;
    }

    private Optional<Row> row() {
        return jdbc.sql(
                        "SELECT customers_import, orders_import, leaving, "
                                + "begun_at < UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE AS stale FROM sample_shop WHERE tenant_id = ?")
                .param(CurrentTenant.require().value())
                .query((rs, n) -> new Row(
                        rs.getObject("customers_import", Long.class),
                        rs.getObject("orders_import", Long.class),
                        rs.getBoolean("leaving"),
                        rs.getBoolean("stale")))
                .optional();
    }
}
