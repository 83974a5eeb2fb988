package io.perennial.customers;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class CustomerImportTest {

    private static final String HEADER = "customer_id,email,first name,last name,birthday,city,country,newsletter,tags";
    private static final ImportOptions OPTIONS = ImportOptions.of("people.csv", CsvFormat.STANDARD);

    @Autowired
    CustomerImports imports;

    @Autowired
    ConsentService consents;

    @Autowired
    Suppressions suppressions;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    private TenantId acme;

    @BeforeEach
    void freshBusiness() {
        acme = tenants.fresh("Acme");
    }

    @Test
    void readsWhoTheCustomersAre() {
        ImportResult result =
                importRows("A1,Ada@Example.com ,Ada,Nováková,29.2.1980,Brno,Česko,yes,\"VIP, wholesale\"");

        assertThat(result.counts()).isEqualTo(new ImportCounts(1, 1, 0, 0, 0, 0));
        assertThat(data.customer(acme, "A1"))
                .containsEntry("email", "ada@example.com")
                .containsEntry("last_name", "Nováková")
                .containsEntry("country", "CZ")
                .containsEntry("birthday", java.sql.Date.valueOf(LocalDate.of(1980, 2, 29)));
        assertThat(data.count(acme, "customer_tag")).isEqualTo(2);
        assertThat(data.summary(acme, "A1")).containsEntry("orders", 0);
        TestTenants.asOwner(
                acme,
                () -> assertThat(consents.preferences(data.id(acme, "A1"))
                                .getFirst()
                                .status())
                        .isEqualTo(ConsentStatus.GRANTED));
    }

    /** Case 26 of the delivery cases. */
    @Test
    void whoLeftBouncedOrComplainedStaysOutWhateverTheNextFileSays() {
        TenantId globex = tenants.fresh("Globex");
        String[] people = {
            "A1,left@example.com,Ada,Left,,Brno,,yes,",
            "A2,bounced@example.com,Bob,Bounced,,Brno,,yes,",
            "A3,complained@example.com,Cyd,Complained,,Brno,,yes,",
            "A4,topic@example.com,Dan,Topic,,Brno,,yes,"
        };
        importRows(people);
        TestTenants.asOwner(globex, () -> imports.importCustomers(file(people), mapping(), OPTIONS));
        TestTenants.asOwner(acme, () -> {
            consents.unsubscribeAll(data.id(acme, "A1"), Evidence.of("one-click"));
            suppressions.suppress(new EmailAddress("bounced@example.com"), SuppressionReason.BOUNCED, "550 5.1.1");
            suppressions.suppress(new EmailAddress("complained@example.com"), SuppressionReason.COMPLAINED, "ARF");
            consents.withdraw(data.id(acme, "A4"), ConsentTopic.NEWS, Evidence.of("preferences page"));
        });
        // As it was, by other numbers, and after the customers' addresses were moved about.
        importRows(people);
        importRows(
                "B1,LEFT@example.com,New,Name,,,,yes,",
                "A2,bounced@example.com,,,,,,yes,vip",
                "A3,Complained@Example.com ,,,,,,yes,");
        TestTenants.asOwner(acme, () -> {
            for (String address : new String[] {"left", "bounced", "complained"}) {
                assertThat(suppressions.isSuppressed(new EmailAddress(address + "@example.com")))
                        .as(address)
                        .isTrue();
            }
            for (String id : new String[] {"A1", "A4"}) {
                assertThat(consents.preferences(data.id(acme, id)).getFirst().status())
                        .as(id)
                        .isEqualTo(ConsentStatus.WITHDRAWN);
            }
        });
        TestTenants.asOwner(
                globex,
                () -> assertThat(suppressions.isSuppressed(new EmailAddress("left@example.com")))
                        .isFalse());
    }

    @Test
    void aBlankCellLeavesWhatIsStored() {
        importRows("A1,ada@example.com,Ada,Novak,,Brno,,,");
        ImportResult again = importRows("A1,,,,,Praha,,,");
        assertThat(again.counts().updated()).isEqualTo(1);
        assertThat(data.customer(acme, "A1"))
                .containsEntry("email", "ada@example.com")
                .containsEntry("first_name", "Ada")
                .containsEntry("city", "Praha");
    }

    @Test
    void importingAgainChangesNothing() {
        String[] rows = {
            "A1,ada@example.com,Ada,,,,,yes,x", "A2,bob@example.com,Bob,,,,,,", ",eve@example.com,Eve,,,,,,"
        };
        importRows(rows);
        String before = data.checksum(acme);
        assertThat(importRows(rows).counts()).isEqualTo(new ImportCounts(3, 0, 0, 3, 0, 0));
        assertThat(data.checksum(acme)).isEqualTo(before);
    }

    @Test
    void aDryRunCountsTheSameAndWritesNothing() {
        importRows("A1,ada@example.com,Ada,,,,,,");
        String before = data.checksum(acme);
        String[] rows = {"A1,,Adele,,,,,,", "A2,bob@example.com,,,,,,yes,t", "A3,none,,,,,,,", "A1,,,,,,,,"};
        ImportResult dry =
                TestTenants.asOwner(acme, () -> imports.importCustomers(file(rows), mapping(), OPTIONS.asDryRun()));
        assertThat(data.checksum(acme)).isEqualTo(before);
        assertThat(importRows(rows).counts()).isEqualTo(dry.counts()).isEqualTo(new ImportCounts(4, 1, 1, 0, 2, 0));
    }

    @Test
    void badRowsAreNamedAndTheOthersKept() {
        ImportResult result = importRows(
                "A1,not-a-mail,,,,,,,",
                "A2,a@example.com,,,30.2.1990,,,,",
                ",,Nobody,,,,,,",
                "A4,b@example.com,,,,,Atlantis,,",
                "A5,c@example.com,,,,,,perhaps,",
                "A6",
                "A7,d@example.com,,,,,,,",
                "A7,e@example.com,,,,,,,",
                "A8,d@example.com,,,,,,,");
        assertThat(result.firstRejected())
                .extracting(r -> r.line() + " " + r.column())
                .containsExactly(
                        "2 email",
                        "3 birthday",
                        "4 customer_id",
                        "5 country",
                        "6 newsletter",
                        "7 ",
                        "9 customer_id",
                        "10 email");
        assertThat(result.firstRejected().get(1).reason()).contains("no such day");
        assertThat(result.firstRejected().get(6).reason()).contains("Line 8");
        assertThat(data.count(acme, "customer")).isEqualTo(1);
    }

    @Test
    void anAddressOfSomebodyElseIsRejected() {
        importRows("A1,ada@example.com,,,,,,,", "A2,bob@example.com,,,,,,,");
        ImportResult result = importRows("A2,ada@example.com,,,,,,,", "A3,bob@example.com,,,,,,,");
        assertThat(result.counts().rejected()).isEqualTo(2);
        assertThat(result.firstRejected().getFirst().reason()).contains("A1");
    }

    @Test
    void aCustomerKnownByAddressGetsTheirId() {
        importRows(",ada@example.com,Ada,,,,,,");
        assertThat(importRows("A1,ada@example.com,,,,,,,").counts().updated()).isEqualTo(1);
        assertThat(data.customer(acme, "A1")).containsEntry("first_name", "Ada");
    }

    @Test
    void anOptOutIsNeverUndone() {
        importRows("A1,ada@example.com,,,,,,yes,");
        TestTenants.asOwner(
                acme, () -> consents.unsubscribeAll(data.id(acme, "A1"), Evidence.of("one-click unsubscribe")));
        importRows("A1,ada@example.com,,,,,,yes,");
        TestTenants.asOwner(acme, () -> {
            assertThat(consents.preferences(data.id(acme, "A1")).getFirst().status())
                    .isEqualTo(ConsentStatus.WITHDRAWN);
            assertThat(suppressions.isSuppressed(new EmailAddress("ada@example.com")))
                    .isTrue();
        });
    }

    @Test
    void aColumnForTheKeyIsNeeded() {
        TestTenants.asOwner(
                acme,
                () -> assertThatExceptionOfType(ImportRefused.class)
                        .isThrownBy(() -> imports.importCustomers(
                                file(), ImportMapping.none().with(ImportField.CITY, 0), OPTIONS)));
    }

    @Test
    void onlyThoseWhoMayImportDo() {
        TestTenants.as(
                acme,
                Role.SUPPORT,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> imports.importCustomers(file(), mapping(), OPTIONS)));
    }

    @Test
    void theSameIdsInTwoBusinessesAreDifferentPeople() {
        TenantId globex = tenants.fresh("Globex");
        importRows("A1,ada@example.com,Ada,,,,,yes,x");
        String before = data.checksum(acme);
        TestTenants.asOwner(
                globex,
                () -> assertThat(imports.importCustomers(file("A1,ada@example.com,Other,,,,,yes,x"), mapping(), OPTIONS)
                                .counts()
                                .created())
                        .isEqualTo(1));
        assertThat(data.checksum(acme)).isEqualTo(before);
        assertThat(data.customer(globex, "A1")).containsEntry("first_name", "Other");
    }

    private ImportResult importRows(String... rows) {
        return TestTenants.asOwner(acme, () -> imports.importCustomers(file(rows), mapping(), OPTIONS));
    }

    private static java.io.InputStream file(String... rows) {
        return text(HEADER + "\n" + String.join("\n", rows));
    }

    private static ImportMapping mapping() {
        return ImportMapping.guess(ImportKind.CUSTOMERS, List.of(HEADER.split(",")));
    }
}
