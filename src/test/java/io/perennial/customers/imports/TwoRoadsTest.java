package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportResult;
import io.perennial.customers.ImportedData;
import io.perennial.customers.ShopRows;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** Rows sent as a file and rows sent as statements come to the same. */
@IntegrationTest
@TenantSql("Adds rows as imports do.")
class TwoRoadsTest {

    static final ImportMapping WHO = ImportMapping.none()
            .with(ImportField.EXTERNAL_ID, 0)
            .with(ImportField.EMAIL, 1)
            .with(ImportField.FIRST_NAME, 2)
            .with(ImportField.LAST_NAME, 3)
            .with(ImportField.BIRTHDAY, 4)
            .with(ImportField.CITY, 5)
            .with(ImportField.COUNTRY, 6)
            .with(ImportField.TAGS, 7)
            .with(ImportField.CONSENT, 8);
    /** With what the business itself keeps, see {@link #define}. */
    static final ImportMapping ALL = WHO.with("note", 9)
            .with("shoe_size", 10)
            .with("since", 11)
            .with("member", 12)
            .with("level", 13)
            .with("likes", 14);

    static final ImportMapping WHAT = ImportMapping.none()
            .with(ImportField.ORDER_ID, 0)
            .with(ImportField.ORDERED_AT, 1)
            .with(ImportField.EXTERNAL_ID, 2)
            .with(ImportField.UNIT_PRICE, 3)
            .with(ImportField.QUANTITY, 4)
            .with(ImportField.REFUNDED, 5)
            .with(ImportField.PRODUCT, 6)
            .with(ImportField.CATEGORY, 7);
    private static final ImportOptions OPTIONS = ImportOptions.of("file.csv", CsvFormat.STANDARD);

    @Autowired
    CustomerImports imports;

    @Autowired
    BulkInsert insert;

    @Autowired
    ChunkTransactions transactions;

    @Autowired
    AttributeDefinitions attributes;

    @Autowired
    ShopRows rows;

    @Autowired
    ImportedData data;

    @Autowired
    TestTenants tenants;

    @AfterEach
    void asEver() {
        insert.takeSlowWay(false);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomFilesLeaveTheSameTablesByBothRoads(long seed) {
        TenantId fast = tenants.fresh("Fast");
        TenantId slow = tenants.fresh("Slow");
        List<ImportResult> first = shop(fast, seed);
        insert.takeSlowWay(true);
        List<ImportResult> second = shop(slow, seed);
        assertThat(second).isEqualTo(first);
        assertThat(rows.of(slow)).isEqualTo(rows.of(fast));
        assertThat(data.count(fast, "customer")).isGreaterThan(50);
        assertThat(data.count(fast, "order_line")).isGreaterThan(100);
        assertThat(data.count(fast, "customer_text")).isGreaterThan(30);
        assertThat(data.count(fast, "customer_number")).isGreaterThan(30);
        assertThat(data.count(fast, "customer_date")).isGreaterThan(30);
        assertThat(data.count(fast, "customer_choice")).isGreaterThan(60);
    }

    @Test
    void aRowThatIsThereMeanwhileIsAnExceptionByBothRoads() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        for (boolean slow : new boolean[] {false, true}) {
            insert.takeSlowWay(slow);
            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> add(acme, row(acme, 1, "A1"), row(acme, 2, "A1")));
        }
        assertThat(data.count(acme, "customer")).isZero();
        add(globex, row(globex, 1, "A1"));
        add(acme, row(acme, 1, "A1")); // another business's number is nobody's concern
    }

    @Test
    void aValueThatDoesNotFitIsAnExceptionByBothRoads() {
        TenantId acme = tenants.fresh("Acme");
        for (boolean slow : new boolean[] {false, true}) {
            insert.takeSlowWay(slow);
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> add(acme, row(acme, 1, "x".repeat(101))));
        }
        assertThat(data.count(acme, "customer")).isZero();
    }

    private List<ImportResult> shop(TenantId tenant, long seed) {
        RandomFiles files = new RandomFiles(seed);
        List<ImportResult> results = new ArrayList<>();
        TestTenants.asOwner(tenant, () -> {
            define(attributes);
            for (int round = 0; round < 2; round++) {
                results.add(imports.importCustomers(text(files.people(120)), ALL, OPTIONS));
                results.add(imports.importOrders(text(files.orders(250, 100)), WHAT, OPTIONS));
            }
        });
        return results;
    }

    /** The attributes of {@link RandomFiles#PEOPLE}, of the current business. */
    static void define(AttributeDefinitions attributes) {
        attributes.define("note", "Note", AttributeType.TEXT, List.of());
        attributes.define("shoe_size", "Shoe size", AttributeType.NUMBER, List.of());
        attributes.define("since", "Member since", AttributeType.DATE, List.of());
        attributes.define("member", "Member", AttributeType.YES_NO, List.of());
        attributes.define("level", "Level", AttributeType.CHOICE, List.of("Gold", "Silver"));
        attributes.define("likes", "Likes", AttributeType.LIST, List.of("Tea", "Čaj", "Cup"));
    }

    static java.io.InputStream text(List<String> lines) {
        return ImportedData.text(lines.toArray(String[]::new));
    }

    private void add(TenantId tenant, @Nullable Object[]... customers) {
        transactions.run(tenant, () -> {
            insert.into("customer", "tenant_id, id, external_id, created_at, updated_at", List.of(customers));
            return true;
        });
    }

    private static @Nullable Object[] row(TenantId tenant, long id, String number) {
        java.time.LocalDateTime now = java.time.LocalDateTime.of(2026, 1, 1, 12, 0);
        return new @Nullable Object[] {tenant.value(), id, number, now, now};
    }
}
