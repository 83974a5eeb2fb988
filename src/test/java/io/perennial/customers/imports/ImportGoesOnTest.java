package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Businesses;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportPolicy;
import io.perennial.customers.RejectedRow;
import io.perennial.customers.ShopRows;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An import that stops at any of its chunks and goes on comes to what one comes to that never stopped. */
@IntegrationTest
class ImportGoesOnTest {

    private static final ImportOptions OPTIONS = ImportOptions.of("file.csv", CsvFormat.STANDARD);

    @Autowired
    ImportEngine engine;

    @Autowired
    Businesses businesses;

    @Autowired
    io.perennial.customers.CustomerImports imports;

    @Autowired
    AttributeDefinitions attributes;

    @Autowired
    ShopRows rows;

    @Autowired
    TestTenants tenants;

    private TenantId straight;
    private ImportOptions options = OPTIONS;

    @BeforeEach
    void smallChunks() {
        engine.chunksOf(60);
        straight = tenants.fresh("Straight");
    }

    @AfterEach
    void asEver() {
        engine.chunksOf(0);
    }

    @Test
    void withCustomers() {
        List<String> people = new RandomFiles(5).people(400);
        Ledger whole = run(straight, ImportKind.CUSTOMERS, people, new Ledger(-1));
        assertThat(whole.marks).hasSizeGreaterThan(5);
        for (int stop = 0; stop < whole.marks.size(); stop++) {
            TenantId stopped = tenants.fresh("Stopped");
            Ledger ledger = stopAndGoOn(stopped, ImportKind.CUSTOMERS, people, stop);
            assertThat(ledger.counts).isEqualTo(whole.counts);
            assertThat(ledger.rejected).isEqualTo(whole.rejected);
            assertThat(rows.of(stopped)).isEqualTo(rows.of(straight));
        }
    }

    @Test
    void withOrdersThatAreStoredLongerOrStandInParts() {
        List<String> people = new RandomFiles(6).people(150);
        List<String> before = new RandomFiles(7).orders(500, 140);
        List<String> now = new ArrayList<>(
                before.stream().filter(line -> line.hashCode() % 5 != 0).toList());
        now.addAll(new RandomFiles(8).orders(150, 140).subList(1, 150));
        shop(straight, people, before);
        Ledger whole = run(straight, ImportKind.ORDERS, now, new Ledger(-1));
        assertThat(whole.marks).hasSizeGreaterThan(5);
        assertThat(whole.marks).anyMatch(mark -> mark.state() != null);
        for (int stop = 0; stop < whole.marks.size(); stop++) {
            TenantId stopped = tenants.fresh("Stopped");
            shop(stopped, people, before);
            Ledger ledger = stopAndGoOn(stopped, ImportKind.ORDERS, now, stop);
            assertThat(ledger.counts).isEqualTo(whole.counts);
            assertThat(ledger.rejected).isEqualTo(whole.rejected);
            assertThat(rows.of(stopped)).isEqualTo(rows.of(straight));
        }
    }

    private void shop(TenantId tenant, List<String> people, List<String> orders) {
        TestTenants.asOwner(tenant, () -> {
            imports.importCustomers(TwoRoadsTest.text(people), TwoRoadsTest.WHO, OPTIONS);
            imports.importOrders(TwoRoadsTest.text(orders), TwoRoadsTest.WHAT, OPTIONS);
        });
    }

    private Ledger stopAndGoOn(TenantId tenant, ImportKind kind, List<String> file, int stop) {
        Ledger ledger = new Ledger(stop);
        assertThatExceptionOfType(ImportStopped.class).isThrownBy(() -> run(tenant, kind, file, ledger));
        return run(tenant, kind, file, ledger);
    }

    @Test
    void withOrdersThatArePassedOverOrRefusedWhereTheyAreKnown() {
        List<String> people = new RandomFiles(6).people(150);
        List<String> before = new RandomFiles(7).orders(200, 140);
        List<String> now = new RandomFiles(8).orders(400, 140);
        for (ImportPolicy.KnownOrders policy :
                List.of(ImportPolicy.KnownOrders.SKIP, ImportPolicy.KnownOrders.REJECT)) {
            options = OPTIONS.with(ImportPolicy.STANDARD.with(policy));
            TenantId never = tenants.fresh("Never stopped");
            shop(never, people, before);
            Ledger whole = run(never, ImportKind.ORDERS, now, new Ledger(-1));
            assertThat(whole.counts.skipped() + whole.counts.rejected()).isGreaterThan(50);
            for (int stop = 0; stop < whole.marks.size(); stop++) {
                TenantId stopped = tenants.fresh("Stopped");
                shop(stopped, people, before);
                Ledger ledger = stopAndGoOn(stopped, ImportKind.ORDERS, now, stop);
                assertThat(ledger.counts).isEqualTo(whole.counts);
                assertThat(ledger.rejected).isEqualTo(whole.rejected);
                assertThat(rows.of(stopped)).isEqualTo(rows.of(never));
            }
        }
    }

    private Ledger run(TenantId tenant, ImportKind kind, List<String> file, Ledger ledger) {
        TestTenants.asOwner(tenant, () -> {
            imports.importCustomers(
                    TwoRoadsTest.text(List.of(RandomFiles.PEOPLE)), TwoRoadsTest.WHO, OPTIONS); // the topic
            if (kind == ImportKind.CUSTOMERS && ledger.marks.isEmpty() && ledger.first) {
                TwoRoadsTest.define(attributes);
                ledger.first = false;
            }
            engine.run(
                    businesses.current(),
                    kind,
                    RowSource.of(TwoRoadsTest.text(file), CsvFormat.STANDARD),
                    kind == ImportKind.CUSTOMERS ? TwoRoadsTest.ALL : TwoRoadsTest.WHAT,
                    options,
                    new ImportObserver() {},
                    ledger);
        });
        return ledger;
    }

    /** Stops once, at the end of a chunk, which is not written then. */
    private static class Ledger implements ImportLedger {
        private final List<Mark> marks = new ArrayList<>();
        private final List<RejectedRow> rejected = new ArrayList<>();
        private ImportCounts counts = ImportCounts.NONE;
        private int stop;
        private boolean first = true;
        private @Nullable Entry pending;

        private Ledger(int stop) {
            this.stop = stop;
        }

        @Override
        public LocalDateTime begun() {
            return LocalDateTime.of(2026, 1, 1, 12, 0);
        }

        @Override
        public List<Mark> marks() {
            return List.copyOf(marks);
        }

        @Override
        public ImportCounts counts() {
            return counts;
        }

        @Override
        public void requireOurs() {}

        @Override
        public void record(Entry entry) {
            if (entry.number() == stop) {
                stop = -1;
                throw new ImportStopped();
            }
            pending = entry;
        }

        @Override
        public void recorded() {
            Entry entry = java.util.Objects.requireNonNull(pending);
            marks.add(new Mark(entry.rowsTo(), entry.state()));
            rejected.addAll(entry.rejected());
            counts = entry.counts();
        }
    }
}
