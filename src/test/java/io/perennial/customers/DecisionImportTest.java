package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Consents and suppressions from elsewhere: what somebody refused is never undone by a file. */
@IntegrationTest
class DecisionImportTest {

    @Autowired
    CustomerImports imports;

    @Autowired
    ConsentService consents;

    @Autowired
    Suppressions suppressions;

    @Autowired
    CustomerChanges changes;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @TempDir
    Path folder;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinessesWithTheSamePeople() throws Exception {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            Path people = file("customer id,email", "A1,ada@example.com", "A2,bob@example.com", "A3,eve@example.com");
            TestTenants.asOwner(
                    tenant,
                    () -> imports.importCustomers(
                            people, imports.inspect(people).guess(ImportKind.CUSTOMERS), options("people.csv")));
            TestTenants.asOwner(tenant, () -> consents.topics());
        }
    }

    @Test
    void whoAgreedAndWhoWithdrewIsRecordedWithItsEvidence() throws Exception {
        String others = data.checksum(globex);
        Path file = file(
                "customer id;e-mail;topic;consent;date;source;wording",
                "A1;;news;granted;2024-05-12 10:00;shop checkout;\"I agree, gladly\"",
                ";BOB@example.com;News and offers;odhlášen;;;",
                "A3;;;ano;;;");
        ImportResult dry = consentsFrom(file, true);
        assertThat(data.count(acme, "consent")).isZero();
        ImportResult result = consentsFrom(file, false);
        assertThat(result.counts()).isEqualTo(dry.counts()).isEqualTo(new ImportCounts(3, 3, 0, 0, 0, 0));
        TestTenants.asOwner(acme, () -> {
            ConsentState ada = consents.preferences(data.id(acme, "A1")).getFirst();
            assertThat(ada.status()).isEqualTo(ConsentStatus.GRANTED);
            assertThat(ada.source()).isEqualTo("shop checkout");
            assertThat(ada.wording()).isEqualTo("I agree, gladly");
            assertThat(ada.at()).hasToString("2024-05-12T08:00:00Z");
            assertThat(consents.preferences(data.id(acme, "A2")).getFirst().status())
                    .isEqualTo(ConsentStatus.WITHDRAWN);
        });
        assertThat(data.count(acme, "consent_change")).isEqualTo(3);
        assertThat(changes.named(acme, Long.MAX_VALUE))
                .anySatisfy(change -> assertThat(change.aspects()).containsExactly(CustomerAspect.CONSENT));
        assertThat(consentsFrom(file, false).counts()).isEqualTo(new ImportCounts(3, 0, 0, 3, 0, 0));
        assertThat(data.count(acme, "consent_change")).isEqualTo(3);
        assertThat(data.checksum(globex)).isEqualTo(others);
    }

    @Test
    void noFileMakesAYesOfANo() throws Exception {
        TestTenants.asOwner(acme, () -> {
            consents.withdraw(data.id(acme, "A1"), ConsentTopic.NEWS, Evidence.of("page"));
            suppressions.suppress(new EmailAddress("bob@example.com"), SuppressionReason.COMPLAINED, "ARF");
            consents.grant(data.id(acme, "A3"), ConsentTopic.NEWS, Evidence.of("page"));
        });
        String before = data.checksum(acme);
        Path file = file(
                "customer id,email,topic,status,date",
                "A1,,news,granted,",
                "A2,,news,granted,",
                "A3,,news,withdrawn,2020-01-01",
                "A3,,news,pending,",
                "A9,,news,granted,",
                "A1,,parties,granted,",
                "A1,,news,perhaps,",
                "A1,bob@example.com,news,withdrawn,");
        ImportResult result = consentsFrom(file, false);
        assertThat(result.counts()).isEqualTo(new ImportCounts(8, 0, 0, 0, 8, 0));
        assertThat(result.firstRejected())
                .extracting(RejectedRow::reason)
                .satisfies(reasons -> assertThat(String.join("\n", reasons))
                        .contains("Only they themselves can agree again")
                        .contains("reported a mail as spam")
                        .contains("They agreed again on")
                        .contains("did not confirm")
                        .contains("No customer is known as A9")
                        .contains("no such topic. Topics here are: news")
                        .contains("neither that they agreed")
                        .contains("belongs to another customer"));
        assertThat(data.checksum(acme)).isEqualTo(before);
    }

    @Test
    void aWithdrawalInTheFileCountsAndIsNotTakenBackByALaterRow() throws Exception {
        Path file = file(
                "email,topic,status",
                "ada@example.com,news,yes",
                "ada@example.com,news,no",
                "ada@example.com,news,yes");
        ImportResult dry = consentsFrom(file, true);
        ImportResult result = consentsFrom(file, false);
        assertThat(result.counts()).isEqualTo(dry.counts()).isEqualTo(new ImportCounts(3, 1, 1, 0, 1, 0));
        assertThat(data.rows(acme, "consent"))
                .singleElement()
                .satisfies(r -> assertThat(r.get("status")).isEqualTo("WITHDRAWN"));
        assertThat(data.count(acme, "consent_change")).isEqualTo(2);
    }

    @Test
    void addressesNotToMailAreTakenOverWhetherCustomersHaveThemOrNot() throws Exception {
        TestTenants.asOwner(
                acme,
                () -> suppressions.suppress(new EmailAddress("ada@example.com"), SuppressionReason.COMPLAINED, "ARF"));
        String others = data.checksum(globex);
        Path file = file(
                "Email Address,Reason,Since,Note",
                "ada@example.com,unsubscribed,2024-01-01,",
                "Bob@Example.com,odhlášen,2024-01-01,asked by phone",
                "stranger@example.org,hard bounce,,",
                "stranger@example.org,spam,,",
                "nobody,manual,,",
                "x@example.org,because,,");
        assertThat(TestTenants.asOwner(acme, () -> imports.inspect(file)).guessKind())
                .isEqualTo(ImportKind.SUPPRESSIONS);
        ImportResult dry = suppressionsFrom(file, true);
        assertThat(data.count(acme, "suppression")).isEqualTo(1);
        long told = data.count(acme, "suppression_change");
        ImportResult result = suppressionsFrom(file, false);
        assertThat(data.rows(acme, "suppression_change"))
                .as("each address that came, or got a graver reason, is in the list's history")
                .hasSize((int) told + 2)
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("customer_id", data.id(acme, "A2").value())
                        .containsEntry("note", "asked by phone"));
        assertThat(result.counts()).isEqualTo(dry.counts()).isEqualTo(new ImportCounts(6, 2, 1, 1, 2, 0));
        TestTenants.asOwner(acme, () -> {
            assertThat(suppressions
                            .find(new EmailAddress("ada@example.com"))
                            .orElseThrow()
                            .reason())
                    .isEqualTo(SuppressionReason.COMPLAINED);
            assertThat(suppressions
                            .find(new EmailAddress("bob@example.com"))
                            .orElseThrow()
                            .evidence())
                    .isEqualTo("asked by phone");
            assertThat(suppressions
                            .find(new EmailAddress("stranger@example.org"))
                            .orElseThrow()
                            .reason())
                    .isEqualTo(SuppressionReason.COMPLAINED);
        });
        assertThat(changes.named(acme, Long.MAX_VALUE)).anySatisfy(change -> {
            assertThat(change.aspects()).containsExactly(CustomerAspect.SUPPRESSION);
            assertThat(change.customers()).containsExactly(data.id(acme, "A2").value());
        });
        String before = data.checksum(acme);
        assertThat(suppressionsFrom(file, false).counts()).isEqualTo(new ImportCounts(6, 0, 0, 4, 2, 0));
        assertThat(data.checksum(acme)).isEqualTo(before);
        assertThat(data.checksum(globex)).isEqualTo(others);
    }

    @Test
    void headersInTheLanguagesOfTheShopsAreUnderstood() throws Exception {
        assertThat(guessed(ImportKind.CUSTOMERS, "Mã khách hàng;Họ;Tên;Điện thoại;Ngày sinh;Thành phố;Email"))
                .hasSize(7);
        assertThat(guessed(ImportKind.CUSTOMERS, "Šifra kupca;Ime;Prezime;Mobitel;Datum rođenja;Grad;E-pošta"))
                .hasSize(7);
        assertThat(guessed(ImportKind.ORDERS, "Mã đơn hàng;Ngày đặt hàng;Mã khách hàng;Sản phẩm;Số lượng;Đơn giá"))
                .hasSize(6);
        assertThat(guessed(ImportKind.ORDERS, "Narudžba;Datum narudžbe;Kupac;Proizvod;Količina;Cijena"))
                .hasSize(6);
        assertThat(guessed(ImportKind.CONSENTS, "E-mail;Téma;Souhlas;Kdy;Zdroj;Znění"))
                .hasSize(6);
        assertThat(guessed(ImportKind.SUPPRESSIONS, "E-mail;Powód;Data;Uwagi")).hasSize(4);
    }

    private static java.util.Map<ImportField, Integer> guessed(ImportKind kind, String header) {
        return ImportMapping.guess(kind, List.of(header.split(";"))).columns();
    }

    private ImportResult consentsFrom(Path file, boolean dry) {
        return TestTenants.asOwner(acme, () -> {
            CsvInspection seen = imports.inspect(file);
            ImportOptions options = ImportOptions.of("consents.csv", seen.format());
            return imports.importConsents(file, seen.guess(ImportKind.CONSENTS), dry ? options.asDryRun() : options);
        });
    }

    private ImportResult suppressionsFrom(Path file, boolean dry) {
        return TestTenants.asOwner(acme, () -> {
            CsvInspection seen = imports.inspect(file);
            ImportOptions options = ImportOptions.of("list.csv", seen.format());
            return imports.importSuppressions(
                    file, seen.guess(ImportKind.SUPPRESSIONS), dry ? options.asDryRun() : options);
        });
    }

    private static ImportOptions options(String source) {
        return ImportOptions.of(source, CsvFormat.STANDARD);
    }

    private Path file(String... lines) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "import", ".csv"), String.join("\n", lines) + "\n");
    }
}
