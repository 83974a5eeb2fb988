package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.perennial.customers.ImportPolicy.Blanks;
import io.perennial.customers.ImportPolicy.Identity;
import io.perennial.customers.ImportPolicy.Upsert;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class ImportPolicyTest {

    private static final String HEADER = "customer_id,email,name,city,phone";

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinessesWithTheSamePeople() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            run(tenant, ImportPolicy.STANDARD, "A1,ada@example.com,Ada Novak,Brno,1", "A2,bob@example.com,Bob,Praha,2");
        }
    }

    @Test
    void blankCellsClearWhatIsStoredOnlyIfAskedTo() {
        ImportPolicy clear = new ImportPolicy(Blanks.CLEAR, Upsert.ADD_AND_UPDATE, Identity.EXTERNAL_ID);
        String others = data.checksum(globex);
        String[] rows = {"A1,,Ada,,1", ",bob@example.com,,,2"};
        ImportCounts dry = dry(clear, rows);
        assertThat(data.customer(acme, "A1")).containsEntry("city", "Brno");
        ImportCounts done = run(acme, clear, rows);
        assertThat(done).isEqualTo(dry).isEqualTo(new ImportCounts(2, 0, 2, 0, 0, 0, 0, 4));
        assertThat(data.customer(acme, "A1"))
                .containsEntry("email", "ada@example.com")
                .containsEntry("first_name", "Ada")
                .containsEntry("last_name", null)
                .containsEntry("city", null)
                .containsEntry("phone", "1");
        assertThat(data.customer(acme, "A2")).containsEntry("first_name", null).containsEntry("city", null);
        assertThat(data.checksum(globex)).isEqualTo(others);
    }

    @Test
    void aColumnThatIsNotReadClearsNothing() {
        ImportMapping idAndCity =
                ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.CITY, 3);
        ImportPolicy clear = new ImportPolicy(Blanks.CLEAR, Upsert.ADD_AND_UPDATE, Identity.EXTERNAL_ID);
        TestTenants.asOwner(
                acme,
                () -> imports.importCustomers(
                        text(HEADER, "A1,,,,"), idAndCity, options().with(clear)));
        assertThat(data.customer(acme, "A1"))
                .containsEntry("city", null)
                .containsEntry("phone", "1")
                .containsEntry("first_name", "Ada");
    }

    @Test
    void onlyNewOnesAreAddedOrOnlyKnownOnesUpdated() {
        String[] rows = {"A1,,Adele,,", "A3,eve@example.com,Eve,,", ",bob@example.com,Robert,,"};
        ImportPolicy add = new ImportPolicy(Blanks.KEEP, Upsert.ADD_ONLY, Identity.EXTERNAL_ID);
        assertThat(dry(add, rows)).isEqualTo(run(acme, add, rows)).isEqualTo(new ImportCounts(3, 1, 0, 0, 0, 0, 2, 0));
        assertThat(data.customer(acme, "A1")).containsEntry("first_name", "Ada");
        ImportPolicy update = new ImportPolicy(Blanks.KEEP, Upsert.UPDATE_ONLY, Identity.EXTERNAL_ID);
        assertThat(dry(update, rows)).isEqualTo(new ImportCounts(3, 0, 2, 1, 0, 0, 0, 0));
        assertThat(run(globex, update, rows)).isEqualTo(new ImportCounts(3, 0, 2, 0, 0, 0, 1, 0));
        assertThat(data.count(globex, "customer")).isEqualTo(2);
    }

    @Test
    void theIdOrTheAddressSaysWhoARowIsAbout() {
        ImportPolicy byAddress = new ImportPolicy(Blanks.KEEP, Upsert.ADD_AND_UPDATE, Identity.EMAIL);
        // The shop gave Ada a new number; and Bob's number, with an address that nobody has.
        String[] rows = {"N1,ada@example.com,,,", "A2,new@example.com,,,", "N4,,Eve,,"};
        assertThat(result(acme, ImportPolicy.STANDARD, rows).firstRejected())
                .extracting(RejectedRow::line, RejectedRow::column, RejectedRow::reason)
                .containsExactly(tuple(2L, "email", "This e-mail address belongs to another customer (id A1)."));
        assertThat(data.customer(acme, "A2")).containsEntry("email", "new@example.com");

        ImportResult result = result(globex, byAddress, rows);
        assertThat(result.counts()).isEqualTo(new ImportCounts(3, 1, 1, 0, 1, 0));
        assertThat(result.firstRejected().getFirst().reason()).contains("bob@example.com");
        assertThat(data.customer(globex, "N1")).containsEntry("first_name", "Ada");
        assertThat(data.customer(globex, "A2")).containsEntry("email", "bob@example.com");
    }

    private ImportCounts dry(ImportPolicy policy, String... rows) {
        return TestTenants.asOwner(
                acme,
                () -> imports.importCustomers(
                                file(rows), mapping(), options().with(policy).asDryRun())
                        .counts());
    }

    private ImportResult result(TenantId tenant, ImportPolicy policy, String... rows) {
        return TestTenants.asOwner(
                tenant,
                () -> imports.importCustomers(file(rows), mapping(), options().with(policy)));
    }

    private ImportCounts run(TenantId tenant, ImportPolicy policy, String... rows) {
        return result(tenant, policy, rows).counts();
    }

    private static java.io.InputStream file(String... rows) {
        return text(HEADER + "\n" + String.join("\n", rows));
    }

    private static ImportOptions options() {
        return ImportOptions.of("people.csv", CsvFormat.STANDARD);
    }

    private static ImportMapping mapping() {
        return ImportMapping.guess(ImportKind.CUSTOMERS, List.of(HEADER.split(",")));
    }
}
