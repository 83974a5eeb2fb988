package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.customers.ShopRows;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Summaries that were counted up, chunk by chunk, are what recomputing makes of the orders. */
@IntegrationTest
class SummariesCountedUpTest {

    private static final ImportOptions OPTIONS = ImportOptions.of("file.csv", CsvFormat.STANDARD);

    @Autowired
    ImportEngine engine;

    @Autowired
    CustomerImports imports;

    @Autowired
    SummaryStore summaries;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    ShopRows rows;

    @Autowired
    ImportedData data;

    @Autowired
    TestTenants tenants;

    @BeforeEach
    void smallChunks() {
        engine.chunksOf(40);
    }

    @AfterEach
    void asEver() {
        engine.chunksOf(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void byRandomFiles(long seed) {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        for (TenantId shop : List.of(acme, globex)) {
            RandomFiles files = new RandomFiles(seed + shop.value() % 7);
            TestTenants.asOwner(shop, () -> {
                imports.importCustomers(TwoRoadsTest.text(files.people(80)), TwoRoadsTest.WHO, OPTIONS);
                for (int round = 0; round < 3; round++) {
                    String prefix = "R" + round + "-O"; // orders that the round before did not have
                    List<String> orders = files.orders(300, 70).stream()
                            .map(line -> line.startsWith("O") ? prefix + line.substring(1) : line)
                            .toList();
                    imports.importOrders(TwoRoadsTest.text(orders), TwoRoadsTest.WHAT, OPTIONS);
                }
            });
        }
        String ofGlobex = rows.of(globex);
        String counted = rows.of(acme);
        List<Long> everybody = data.rows(acme, "customer").stream()
                .map(row -> ((Number) row.get("id")).longValue())
                .toList();
        transactions.executeWithoutResult(tx -> summaries.recompute(acme, everybody));
        assertThat(rows.of(acme)).isEqualTo(counted);
        assertThat(rows.of(globex)).isEqualTo(ofGlobex);
        assertThat(data.rows(acme, "customer_summary")).anyMatch(row -> ((Number) row.get("orders")).intValue() > 2);
    }
}
