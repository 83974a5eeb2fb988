package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Businesses;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportResult;
import io.perennial.customers.ImportedData;
import io.perennial.customers.ShopRows;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * While a chunk is sent ahead of its turn it holds locks that the server does not see as waited for; whoever needs them
 * would wait until the server gives up, after 50 seconds. So nobody may need them.
 */
@IntegrationTest
@TenantSql("Looks at what is not committed yet, as a chunk ahead of its turn is.")
class SentAheadTest {

    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private static final int CHUNK = 40;
    private static final int CUSTOMERS = 30;
    private static final ImportOptions OPTIONS = ImportOptions.of("file.csv", CsvFormat.STANDARD);

    @Autowired
    ImportEngine engine;

    @Autowired
    CustomerImports imports;

    @Autowired
    Businesses businesses;

    @Autowired
    ImportedData data;

    @Autowired
    ShopRows rows;

    @Autowired
    DataSource database;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestTenants tenants;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void shopsWithCustomers() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId shop : List.of(acme, globex)) {
            TestTenants.asOwner(
                    shop, () -> imports.importCustomers(TwoRoadsTest.text(people(0)), TwoRoadsTest.WHO, OPTIONS));
        }
        engine.chunksOf(CHUNK);
    }

    @AfterEach
    void asEver() {
        engine.chunksOf(0);
    }

    @Test
    void noSummaryWaitsForOrdersSentAhead() throws Exception {
        // The same people order in every chunk and on days beside each other, so from the second one on their summaries
        // are computed anew.
        Held held = new Held(1, () -> sentBy(acme, "customer_order"), sent -> sent >= 3 * CHUNK);
        ImportResult result = inTime(() -> run(acme, ImportKind.ORDERS, orders(), TwoRoadsTest.WHAT, held));
        assertThat(result.counts().created()).isEqualTo(4 * CHUNK);
        assertThat(held.seen).as("with the orders of the chunk ahead").isEqualTo(3 * CHUNK);
        engine.chunksOf(0);
        TestTenants.asOwner(
                globex, () -> imports.importOrders(TwoRoadsTest.text(orders()), TwoRoadsTest.WHAT, OPTIONS));
        assertThat(rows.of(acme)).isEqualTo(rows.of(globex));
        assertThat(data.rows(acme, "customer_summary"))
                .allMatch(row -> ((Number) row.get("orders")).intValue() >= 4 * CHUNK / CUSTOMERS);
    }

    @Test
    void customersAreSentAheadToo() throws Exception {
        Held held = new Held(0, () -> sentBy(acme, "customer"), sent -> sent >= CUSTOMERS + 2 * CHUNK);
        ImportResult result = inTime(() -> run(acme, ImportKind.CUSTOMERS, people(1000), TwoRoadsTest.WHO, held));
        assertThat(result.counts().created()).isEqualTo(4 * CHUNK);
        assertThat(held.seen).isEqualTo(CUSTOMERS + 2 * CHUNK);
        assertThat(data.count(acme, "customer_summary")).isEqualTo(CUSTOMERS + 4 * CHUNK);
        assertThat(data.count(globex, "customer")).isEqualTo(CUSTOMERS);
    }

    /** The other import waits for the turn and gets it between two chunks, with one of them and another one sent ahead. */
    @Test
    void anotherImportOfTheBusinessDoesNotWaitForWhatIsSentAhead() throws Exception {
        List<String> renamed =
                people(0).stream().map(line -> line.replace("Ann", "Hannah")).toList();
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<ImportResult> people = new CompletableFuture<>();
        Held afterFirst = new Held(0, () -> sentBy(acme, "customer_order"), sent -> sent != 2 * CHUNK);
        Held first = new Held(
                0,
                () -> {
                    if (sentBy(acme, "customer_order") < 2 * CHUNK) {
                        return 0;
                    }
                    if (begun.compareAndSet(false, true)) {
                        people.completeAsync(
                                () -> run(acme, ImportKind.CUSTOMERS, renamed, TwoRoadsTest.WHO, afterFirst), THREADS);
                    }
                    return waitingForTheTurn();
                },
                waiting -> waiting > 0);
        ImportResult orders = inTime(() -> run(acme, ImportKind.ORDERS, orders(), TwoRoadsTest.WHAT, first));
        assertThat(people.get(20, TimeUnit.SECONDS).counts().updated()).isEqualTo(CUSTOMERS);
        assertThat(orders.counts().created()).isEqualTo(4 * CHUNK);
        assertThat(data.rows(acme, "customer")).allMatch(row -> "Hannah".equals(row.get("first_name")));
        assertThat(data.count(acme, "customer_order")).isEqualTo(4 * CHUNK);
        assertThat(data.count(globex, "customer_order")).isZero();
    }

    private static <T> T inTime(Supplier<T> work) throws Exception {
        return CompletableFuture.supplyAsync(work, THREADS).get(25, TimeUnit.SECONDS);
    }

    private ImportResult run(
            TenantId shop, ImportKind kind, List<String> file, ImportMapping mapping, ImportLedger ledger) {
        return TestTenants.asOwner(
                shop,
                () -> engine.run(
                        businesses.current(),
                        kind,
                        RowSource.of(TwoRoadsTest.text(file), CsvFormat.STANDARD),
                        mapping,
                        OPTIONS,
                        new ImportObserver() {},
                        ledger));
    }

    /** Rows of a business, those included that nobody else sees yet. */
    private long sentBy(TenantId shop, String table) {
        try (Connection connection = database.getConnection()) {
            int usual = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
            try (PreparedStatement count =
                    connection.prepareStatement("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ?")) {
                count.setLong(1, shop.value());
                try (ResultSet rs = count.executeQuery()) {
                    rs.next();
                    return rs.getLong(1);
                }
            } finally {
                connection.setTransactionIsolation(usual);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long waitingForTheTurn() {
        return jdbc.queryForList("SHOW PROCESSLIST").stream()
                .map(connection -> String.valueOf(connection.get("Info")))
                .filter(statement -> statement.startsWith("INSERT INTO import_turn"))
                .count();
    }

    private static List<String> people(int first) {
        List<String> lines = new ArrayList<>(List.of(RandomFiles.PEOPLE));
        for (int i = first; i < first + (first == 0 ? CUSTOMERS : 4 * CHUNK); i++) {
            lines.add("C%d,p%d@x.example,Ann,Smith,,,,,,,,,,,".formatted(i, i));
        }
        return lines;
    }

    private static List<String> orders() {
        List<String> lines = new ArrayList<>(List.of(RandomFiles.ORDERS));
        for (int i = 0; i < 4 * CHUNK; i++) {
            lines.add("O%d,%s,C%d,5.00,1,,Tea,Drinks"
                    .formatted(i, LocalDate.of(2025, 1, 1).plusDays(i / CUSTOMERS), i % CUSTOMERS));
        }
        return lines;
    }

    /** Holds one chunk, in its turn and before its work, until something is so. */
    private static final class Held implements ImportLedger {
        private final ImportLedger none = ImportLedger.none();
        private final LongSupplier looked;
        private final LongPredicate enough;
        private int before;
        private long seen;

        /** @param chunk counted from 0 */
        private Held(int chunk, LongSupplier looked, LongPredicate enough) {
            this.before = chunk;
            this.looked = looked;
            this.enough = enough;
        }

        @Override
        public LocalDateTime begun() {
            return none.begun();
        }

        @Override
        public List<Mark> marks() {
            return none.marks();
        }

        @Override
        public ImportCounts counts() {
            return none.counts();
        }

        @Override
        public void requireOurs() {
            if (before-- == 0) {
                seen = await().atMost(Duration.ofSeconds(15))
                        .pollInterval(Duration.ofMillis(2))
                        .until(looked::getAsLong, enough::test);
            }
        }

        @Override
        public void record(Entry entry) {}

        @Override
        public void recorded() {}
    }
}
