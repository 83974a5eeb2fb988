package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class OrderImportTest {

    private static final String HEADER =
            "order id,date,customer,status,currency,rate,unit price,qty,discount,refunded,sku,product,category";
    private static final ImportOptions OPTIONS = ImportOptions.of("orders.csv", CsvFormat.STANDARD);

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    private TenantId acme;

    @BeforeEach
    void aBusinessWithTwoCustomers() {
        acme = tenants.fresh("Acme");
        TestTenants.asOwner(
                acme,
                () -> imports.importCustomers(
                        text("id", "A", "B"),
                        ImportMapping.none().with(ImportField.EXTERNAL_ID, 0),
                        ImportOptions.of("people.csv", CsvFormat.STANDARD)));
    }

    @Test
    void rowsOfOneOrderBecomeItsLines() {
        ImportResult result = importRows(
                "1,2026-01-05 10:00,A,paid,,,100,2,10,,s1,Coffee,Beans",
                "2,2026-02-07,B,paid,,,50,1,,,s2,Cup,Things",
                "1,,,,,,30,1,,,s2,Cup,Things");
        assertThat(result.counts()).isEqualTo(new ImportCounts(3, 2, 0, 0, 0, 0));
        assertThat((BigDecimal) data.order(acme, "1").get("net_value")).isEqualByComparingTo("220");
        assertThat(data.count(acme, "order_line")).isEqualTo(3);
        assertThat(data.summary(acme, "A")).containsEntry("orders", 1).containsEntry("order_days", 1);
        assertThat((BigDecimal) data.summary(acme, "A").get("value")).isEqualByComparingTo("220");
    }

    @Test
    void timesAreReadInTheBusinesssZone() {
        importRows("1,2026-07-01 00:30,A,,,,10,1,,,,,");
        assertThat(data.order(acme, "1").get("ordered_at")).hasToString("2026-06-30T22:30");
        assertThat(data.order(acme, "1").get("ordered_on")).hasToString("2026-07-01");
    }

    @Test
    void importingAgainDoesNotDouble() {
        String[] rows = {
            "1,2026-01-05,A,paid,,,100,2,,,s1,Coffee,Beans",
            "1,2026-01-05,A,paid,,,30,1,,,s2,Cup,Things",
            "2,2026-01-06,A,paid,,,30,1,,,s2,Cup,Things"
        };
        importRows(rows);
        String before = data.checksum(acme);
        assertThat(importRows(rows).counts()).isEqualTo(new ImportCounts(3, 0, 0, 2, 0, 0));
        assertThat(data.checksum(acme)).isEqualTo(before);
    }

    @Test
    void aChangedOrderIsReplacedAndTheSummaryFollows() {
        importRows("1,2026-01-05,A,paid,,,100,2,,,s1,Coffee,Beans", "1,,,,,,30,1,,,s2,Cup,Things");
        assertThat(importRows("1,2026-02-05,B,paid,,,40,1,,,s1,Coffee,Beans")
                        .counts()
                        .updated())
                .isEqualTo(1);
        assertThat(data.count(acme, "order_line")).isEqualTo(1);
        assertThat(data.summary(acme, "A")).containsEntry("orders", 0);
        assertThat(data.summary(acme, "B")).containsEntry("orders", 1);
    }

    @Test
    void anOrderThatIsKnownIsPassedOverOrLeftOutAsChosen() {
        TenantId globex = tenants.fresh("Globex"); // nobody there has this order
        importRows("1,2026-01-05,A,paid,,,100,2,,,s1,Coffee,Beans", "1,,,,,,30,1,,,s2,Cup,Things");
        String before = data.checksum(acme);
        String[] again = {
            "1,2026-02-05,B,paid,,,40,1,,,s1,Coffee,Beans", "1,,,,,,7,1,,,s2,Cup,Things", "1,,N,,,,7,1,,,s2,Cup,Things"
        };
        ImportOptions skip =
                OPTIONS.creatingMissingCustomers().with(ImportPolicy.STANDARD.with(ImportPolicy.KnownOrders.SKIP));
        assertThat(importRows(acme, skip.asDryRun(), again[0], again[1]).counts())
                .isEqualTo(importRows(acme, skip, again[0], again[1]).counts())
                .isEqualTo(new ImportCounts(2, 0, 0, 0, 0, 0, 2, 0));
        assertThat(importRows(acme, skip, again[2].replace(",,N", ",2026-02-05,N"))
                        .counts())
                .as("nobody is made for an order that stays")
                .isEqualTo(new ImportCounts(1, 0, 0, 0, 0, 0, 1, 0));
        assertThat(data.checksum(acme)).isEqualTo(before);
        ImportOptions reject = OPTIONS.with(ImportPolicy.STANDARD.with(ImportPolicy.KnownOrders.REJECT));
        ImportResult result = importRows(acme, reject, again[0], again[1], "2,2026-02-05,B,,,,5,1,,,,,");
        assertThat(result.counts()).isEqualTo(new ImportCounts(3, 1, 0, 0, 2, 0));
        assertThat(result.firstRejected())
                .extracting(RejectedRow::column, RejectedRow::reason)
                .containsOnly(
                        tuple("order id", "There is an order with this id already. You chose to leave such rows out."));
        assertThat((BigDecimal) data.order(acme, "1").get("net_value")).isEqualByComparingTo("230");
        assertThat(importRows(globex, skip, again[0]).counts()).isEqualTo(new ImportCounts(1, 1, 0, 0, 0, 1));
    }

    @Test
    void refundsLowerTheValueAndAFullOneTakesTheOrderOut() {
        importRows("1,2026-01-05,A,paid,,,100,1,,40,,,", "2,2026-01-06,A,paid,,,100,1,,100,,,");
        assertThat(data.summary(acme, "A")).containsEntry("orders", 1);
        assertThat((BigDecimal) data.summary(acme, "A").get("value")).isEqualByComparingTo("60");
        assertThat(data.order(acme, "2")).containsEntry("status", "REFUNDED");
    }

    @Test
    void linesKnowWhetherTheirOrderCountsHoweverItChanges() {
        TenantId globex = tenants.fresh("Globex");
        String[] rows = {
            "1,2026-01-05,A,paid,,,100,1,,,,Coffee,",
            "1,,,,,,30,1,,,,Cup,",
            "2,2026-01-06,A,cancelled,,,50,1,,,,Tea,",
            "3,2026-01-07,B,paid,,,0,1,,,,Sample,",
            "4,2026-01-08,B,paid,,,70,1,,70,,Cake,",
            "5,2026-01-09,B,paid,,,80,1,,5,,Bread,"
        };
        importRows(rows);
        importRows(globex, OPTIONS.creatingMissingCustomers(), rows);
        assertThat(productsThatCount(acme)).containsExactlyInAnyOrder("Coffee", "Cup", "Bread");
        String without = "order id,date,customer,status,amount\n1,2026-01-05,A,cancelled,130\n2,2026-01-06,A,paid,50\n";
        TestTenants.asOwner(
                acme,
                () -> imports.importOrders(
                        text(without),
                        ImportMapping.guess(
                                ImportKind.ORDERS, List.of("order id,date,customer,status,amount".split(","))),
                        OPTIONS));
        assertThat(productsThatCount(acme)).containsExactlyInAnyOrder("Tea", "Bread");
        importRows("2,2026-01-06,A,cancelled,,,50,1,,,,Tea,");
        assertThat(productsThatCount(acme)).containsExactly("Bread");
        assertThat(productsThatCount(globex)).containsExactlyInAnyOrder("Coffee", "Cup", "Bread");
    }

    /** Of lines that say that they count; their orders say the same. */
    private List<Object> productsThatCount(TenantId tenant) {
        Map<Object, Object> values = new HashMap<>();
        data.rows(tenant, "customer_order").forEach(order -> values.put(order.get("id"), order.get("counted_value")));
        List<Map<String, Object>> lines = data.rows(tenant, "order_line");
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.get("counted")).isEqualTo(values.get(line.get("order_id")) != null));
        return lines.stream()
                .filter(line -> line.get("counted").equals(true))
                .map(line -> line.get("product"))
                .toList();
    }

    @Test
    void anotherCurrencyNeedsARate() {
        ImportResult result = importRows("1,2026-01-05,A,,EUR,25,10,1,,,,,", "2,2026-01-05,A,,EUR,,10,1,,,,,");
        assertThat((BigDecimal) data.order(acme, "1").get("net_value")).isEqualByComparingTo("250");
        assertThat(result.firstRejected()).singleElement().satisfies(r -> {
            assertThat(r.column()).isEqualTo("currency");
            assertThat(r.reason()).contains("EUR").contains("CZK");
        });
    }

    @Test
    void badOrdersAreNamedAndTheOthersKept() {
        ImportResult result = importRows(
                "1,2026-01-05,A,,,,10,1,,,,,",
                "2,2026-13-05,A,,,,10,1,,,,,",
                "3,2026-01-05,A,,,,-10,1,,,,,",
                "4,2026-01-05,Z,,,,10,1,,,,,",
                "5,2026-01-05,A,pending,,,10,1,,,,,",
                "6,2026-01-05,A,,,,10,1,,,,,",
                "6,2026-01-05,A,,,,ten,1,,,,,",
                "7,2026-01-05,A,,,,10,1,,,,,",
                "7,2026-01-05,B,,,,10,1,,,,,");
        assertThat(data.count(acme, "customer_order")).isEqualTo(1);
        assertThat(result.counts().rejected()).isEqualTo(8);
        assertThat(result.firstRejected())
                .extracting(RejectedRow::column)
                .contains("date", "unit price", "customer", "status");
        assertThat(result.firstRejected())
                .extracting(RejectedRow::reason)
                .anySatisfy(r -> assertThat(r).contains("Line 8 of the same order"));
    }

    @Test
    void missingCustomersAreMadeWhereAskedFor() {
        String[] rows = {"1,2026-01-05,Z,,,,10,1,,,,,", "2,2026-01-06,Z,,,,10,1,,,,,"};
        ImportResult dry = TestTenants.asOwner(
                acme,
                () -> imports.importOrders(
                        file(rows),
                        mapping(),
                        OPTIONS.creatingMissingCustomers().asDryRun()));
        ImportResult real = TestTenants.asOwner(
                acme, () -> imports.importOrders(file(rows), mapping(), OPTIONS.creatingMissingCustomers()));
        assertThat(real.counts()).isEqualTo(dry.counts()).isEqualTo(new ImportCounts(2, 2, 0, 0, 0, 1));
        assertThat(data.summary(acme, "Z")).containsEntry("orders", 2);
    }

    @Test
    void rowsOfAnOrderMayStandFarApart() {
        StringBuilder rows = new StringBuilder(HEADER).append("\nfar,2026-01-05,A,,,,10,1,,,a,,\n");
        for (int i = 0; i < 11_000; i++) {
            rows.append("n").append(i).append(",2026-01-06,B,,,,10,1,,,a,,\n");
        }
        rows.append("far,,,,,,7,1,,,b,,\n");
        for (int round = 0; round < 2; round++) {
            ImportResult result =
                    TestTenants.asOwner(acme, () -> imports.importOrders(text(rows.toString()), mapping(), OPTIONS));
            assertThat(result.counts())
                    .isEqualTo(
                            round == 0
                                    ? new ImportCounts(11_002, 11_001, 0, 0, 0, 0)
                                    : new ImportCounts(11_002, 0, 0, 11_001, 0, 0));
            assertThat((BigDecimal) data.order(acme, "far").get("net_value")).isEqualByComparingTo("17");
        }
        assertThat(data.count(acme, "customer_order")).isEqualTo(11_001);
        assertThat(data.count(acme, "order_line")).isEqualTo(11_002);
        assertThat((BigDecimal) data.summary(acme, "A").get("value")).isEqualByComparingTo("17");
    }

    @Test
    void anOrderOfFewerLinesThanBeforeIsShortenedAtTheEndOfTheFile() {
        importRows("1,2026-01-05,A,,,,10,1,,,a,,", "1,2026-01-05,A,,,,7,1,,,b,,", "2,2026-01-05,B,,,,5,1,,,a,,");
        String[] fewer = {"1,2026-01-05,A,,,,10,1,,,a,,", "2,2026-01-05,B,,,,5,1,,,a,,"};
        ImportResult dry =
                TestTenants.asOwner(acme, () -> imports.importOrders(file(fewer), mapping(), OPTIONS.asDryRun()));
        assertThat((BigDecimal) data.summary(acme, "A").get("value")).isEqualByComparingTo("17");
        assertThat(importRows(fewer).counts()).isEqualTo(dry.counts()).isEqualTo(new ImportCounts(2, 0, 1, 1, 0, 0));
        assertThat((BigDecimal) data.order(acme, "1").get("net_value")).isEqualByComparingTo("10");
        assertThat((BigDecimal) data.summary(acme, "A").get("value")).isEqualByComparingTo("10");
        assertThat(data.count(acme, "order_line")).isEqualTo(2);
    }

    @Test
    void anImpossibleDayAndANegativeAmountLeaveOutTheirOrderOnly() {
        ImportResult result = importRows(
                "1,2025-02-30,A,,,,10,1,,,,,", "2,2026-01-05,A,,,,-10,1,,,,,", "3,2026-01-05,A,,,,10,1,,,,,");
        assertThat(result.counts()).isEqualTo(new ImportCounts(3, 1, 0, 0, 2, 0));
        assertThat(result.firstRejected())
                .extracting(RejectedRow::line, RejectedRow::column, RejectedRow::reason)
                .containsExactly(
                        tuple(2L, "date", "There is no such day or time."),
                        tuple(
                                3L,
                                "unit price",
                                "A negative number is not possible here. Give returns in the column \"Refunded\"."));
    }

    @Test
    void ordersOfAnotherBusinessAreOutOfReach() {
        TenantId globex = tenants.fresh("Globex");
        importRows("1,2026-01-05,A,,,,10,1,,,a,,");
        String before = data.checksum(acme);
        TestTenants.asOwner(globex, () -> {
            assertThat(imports.importOrders(file("1,2026-01-05,A,,,,99,1,,,a,,"), mapping(), OPTIONS)
                            .counts()
                            .rejected())
                    .isEqualTo(1);
            imports.importOrders(file("1,2026-01-05,A,,,,99,1,,,a,,"), mapping(), OPTIONS.creatingMissingCustomers());
        });
        assertThat(data.checksum(acme)).isEqualTo(before);
        assertThat(data.count(globex, "customer_order")).isEqualTo(1);
    }

    @Test
    void aFileWithoutHeaderOrOrderIdsIsImportedAsItIs(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sample.txt");
        Files.writeString(
                file,
                " 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n 00021 0002 19970101  3   63.34\r\n"
                        + " 00021 0002 19970101  1    0.00\r\n 00021 0002 19970101  1   12.00\r\n");
        ImportResult result = importCdnow(file);
        assertThat(result.counts()).isEqualTo(new ImportCounts(5, 5, 0, 0, 0, 2));
        assertThat(data.summary(acme, "0002")).containsEntry("orders", 2).containsEntry("order_days", 1);
        assertThat(importCdnow(file).counts()).isEqualTo(new ImportCounts(5, 0, 0, 5, 0, 0));
    }

    @Test
    void theCdnowSampleIsImportedAsItIs() {
        String folder = System.getenv("PERENNIAL_DATA_DIR");
        Assumptions.assumeTrue(folder != null && Files.exists(Path.of(folder, "cdnow", "CDNOW_sample.txt")));
        ImportResult result = importCdnow(Path.of(folder, "cdnow", "CDNOW_sample.txt"));
        assertThat(result.counts()).isEqualTo(new ImportCounts(6_919, 6_919, 0, 0, 0, 2_357));
        assertThat(data.count(acme, "customer")).isEqualTo(2_357 + 2);
        assertThat(data.count(acme, "customer_order")).isEqualTo(6_919);
    }

    private ImportResult importCdnow(Path file) {
        return TestTenants.asOwner(acme, () -> {
            CsvInspection seen = imports.inspect(file);
            assertThat(seen.format().separator()).isEqualTo(CsvFormat.Separator.WHITESPACE);
            assertThat(seen.format().header()).isFalse();
            ImportMapping mapping = ImportMapping.none()
                    .with(ImportField.EXTERNAL_ID, 1)
                    .with(ImportField.ORDERED_AT, 2)
                    .with(ImportField.QUANTITY, 3)
                    .with(ImportField.AMOUNT, 4);
            return imports.importOrders(
                    file, mapping, ImportOptions.of("CDNOW", seen.format()).creatingMissingCustomers());
        });
    }

    private ImportResult importRows(String... rows) {
        return importRows(acme, OPTIONS, rows);
    }

    private ImportResult importRows(TenantId tenant, ImportOptions options, String... rows) {
        return TestTenants.asOwner(tenant, () -> imports.importOrders(file(rows), mapping(), options));
    }

    private static java.io.InputStream file(String... rows) {
        return text(HEADER + "\n" + String.join("\n", rows));
    }

    private static ImportMapping mapping() {
        return ImportMapping.guess(ImportKind.ORDERS, List.of(HEADER.split(",")));
    }
}
