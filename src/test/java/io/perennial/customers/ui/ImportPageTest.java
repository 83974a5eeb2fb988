package io.perennial.customers.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.Role;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportPolicy;
import io.perennial.customers.ImportRejects;
import io.perennial.customers.ImportedData;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class ImportPageTest extends SpringBrowserlessTest {

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    CustomerAttributes attributes;

    @Autowired
    ImportedData data;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportRejects rejects;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    private TenantId acme;

    @BeforeEach
    void freshBusiness() {
        acme = tenants.fresh("Acme");
    }

    @Test
    void eachTemplateIsUnderstoodAsWhatItIsFor() throws Exception {
        for (ImportKind kind : ImportKind.values()) {
            Path file = Files.writeString(folder.resolve(kind + ".csv"), ImportTemplates.text(kind));
            CsvInspection seen = TestTenants.asOwner(acme, () -> imports.inspect(file));
            assertThat(seen.guessKind()).isEqualTo(kind);
            assertThat(seen.guess(kind).columns())
                    .as(kind.name())
                    .hasSize(seen.header().size());
        }
    }

    @Test
    void whatTheColumnsMeanIsRememberedForTheNextFileOfThisBusinessOnly() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        String people = "Kdo;Kam psát;Kde\nA1;ada@example.com;Brno\n";
        Path first = Files.writeString(folder.resolve("till.csv"), people);
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(first, "till.csv");
            ImportMappingForm form = find(ImportMappingForm.class).single();
            assertThat(form.mapping().columns()).isEmpty();
            form.choose(ImportField.EXTERNAL_ID, 0);
            form.choose(ImportField.EMAIL, 1);
            policy(ImportPolicy.Blanks.CLEAR);
            test(button("Check the file")).click();
            waitFor("Import 1 customer");
            test(button("Import 1 customer")).click();
            waitFor("Import another file");
            navigate(CustomersView.class); // the page is made anew next time
        });
        Path again = Files.writeString(folder.resolve("till 2.csv"), people);
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            assertThat(view.getElement().getTextRecursively())
                    .contains("Imports so far")
                    .contains("till.csv")
                    .contains("1 new, 0 changed, 0 left out");
            view.arrived(again, "till 2.csv");
            assertThat(view.getElement().getTextRecursively()).contains("2 columns, “till” (OWNER)");
            assertThat(find(ImportMappingForm.class).single().mapping().columns())
                    .hasSize(2);
            assertThat(find(ImportPolicyForm.class).single().policy().blanks()).isEqualTo(ImportPolicy.Blanks.CLEAR);
            test(button("Guess anew")).click();
            assertThat(find(ImportMappingForm.class).single().mapping().columns())
                    .isEmpty();
            navigate(CustomersView.class); // in a browser, changing the business begins a new session
        });
        Path other = Files.writeString(folder.resolve("till 3.csv"), people);
        TestTenants.asOwner(globex, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(other, "till 3.csv");
            assertThat(view.getElement().getTextRecursively())
                    .doesNotContain("columns, “till”")
                    .doesNotContain("till.csv");
        });
    }

    @Test
    void aColumnBecomesANewAttributeOnThePageForThoseWhoMayDefineThem() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        String text = "id;email;Shoe size;Favourite\nA1;a@x.example;38,5;Tea\nB1;b@x.example;40;Cake\n"
                + "C1;c@x.example;;Tea\nD1;d@x.example;;Tea\n";
        Path file = Files.writeString(folder.resolve("till.csv"), text);
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(file, "till.csv");
            newAttribute("Shoe size", "Add attribute");
            newAttribute("Favourite", "Add attribute");
            assertThat(find(ImportMappingForm.class).single().mapping().attributes())
                    .isEqualTo(Map.of("shoe_size", 2, "favourite", 3));
            test(button("Check the file")).click();
            waitFor("Import 4 customers");
            test(button("Import 4 customers")).click();
            waitFor("Import another file");
            assertThat(attributes.find("shoe_size").orElseThrow().type()).isEqualTo(AttributeType.NUMBER);
            assertThat(attributes.find("favourite").orElseThrow().choices())
                    .extracting(AttributeChoice::name)
                    .containsExactly("Tea", "Cake");
            navigate(CustomersView.class);
        });
        assertThat(data.count(acme, "customer_number")).isEqualTo(2);
        assertThat(data.count(acme, "customer_choice")).isEqualTo(4);
        Path other = Files.writeString(folder.resolve("till 2.csv"), text);
        TestTenants.as(globex, Role.MARKETER, () -> {
            navigate(ImportView.class).arrived(other, "till 2.csv");
            assertThat(meanings("Shoe size")).noneMatch(it -> it.label().contains("attribute"));
            assertThat(find(ImportMappingForm.class).single().mapping().attributes())
                    .isEmpty();
            navigate(CustomersView.class);
        });
    }

    @Test
    void rejectedRowsAreRepairedAndImportedAgainAsTheyWereReadBefore() throws Exception {
        String people = "Kdo;Kam psát;Kde\nA1;ada@x.example;Brno\nB1;no address;Brno\n";
        Path first = Files.writeString(folder.resolve("till.csv"), people);
        Path rejected = folder.resolve("rejected-till.csv");
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(first, "till.csv");
            ImportMappingForm form = find(ImportMappingForm.class).single();
            form.choose(ImportField.EXTERNAL_ID, 0);
            form.choose(ImportField.EMAIL, 1);
            test(button("Check the file")).click();
            waitFor("Import 1 customer");
            test(button("Import 1 customer")).click();
            waitFor("Import another file");
            try (OutputStream out = Files.newOutputStream(rejected)) {
                rejects.write(jobs.imports(0, 1).getFirst().id(), out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            navigate(CustomersView.class);
        });
        assertThat(Files.readString(rejected)).contains("line;column;reason;Kdo;Kam psát;Kde");
        Path repaired = Files.writeString(
                folder.resolve("repaired.csv"), Files.readString(rejected).replace("no address", "bob@x.example"));
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(repaired, "repaired.csv");
            assertThat(view.getElement().getTextRecursively()).contains("2 columns, “till” (OWNER)");
            assertThat(find(ImportMappingForm.class).single().mapping().columns())
                    .isEqualTo(Map.of(ImportField.EXTERNAL_ID, 3, ImportField.EMAIL, 4));
            test(button("Check the file")).click();
            waitFor("Import 1 customer");
            test(button("Import 1 customer")).click();
            waitFor("Import another file");
            navigate(CustomersView.class);
        });
        assertThat(data.count(acme, "customer")).isEqualTo(2);
    }

    @Test
    void theReasonsOfRejectedRowsAreNotReasonsForSendingNoMail() throws Exception {
        Path people = Files.writeString(
                folder.resolve("people.csv"), "line,column,reason,customer id,email\n2,email,Bad.,A1,ada@x.example\n");
        CsvInspection seen = TestTenants.asOwner(acme, () -> imports.inspect(people));
        assertThat(seen.guessKind()).isEqualTo(ImportKind.CUSTOMERS);
        assertThat(seen.ownHeader()).containsExactly("customer id", "email");
        Path list = Files.writeString(
                folder.resolve("list.csv"), "line,column,reason,email,reason\n2,email,Bad.,ada@x.example,bounced\n");
        CsvInspection addresses = TestTenants.asOwner(acme, () -> imports.inspect(list));
        assertThat(addresses.guessKind()).isEqualTo(ImportKind.SUPPRESSIONS);
        assertThat(addresses.guess(ImportKind.SUPPRESSIONS).columns()).containsEntry(ImportField.REASON, 4);
    }

    @Test
    void anImportThatStandsStillOffersToGoOnAndNothingElse() throws Exception {
        long job = paused(Files.writeString(folder.resolve("till.csv"), "customer id,email\nA1,ada@x.example\n"));
        TestTenants.asOwner(acme, () -> {
            ImportView view = opened(job);
            assertThat(view.getElement().getTextRecursively())
                    .contains("Paused")
                    .doesNotContain("See your customers", "Import another file");
            assertThat(button("Go on").isEnabled()).isTrue();
            navigate(CustomersView.class);
        });
        jdbc.update(
                "UPDATE import_job SET finished_at = finished_at - INTERVAL 8 DAY WHERE tenant_id = ? AND id = ?",
                acme.value(),
                job);
        TestTenants.asOwner(acme, () -> {
            ImportView view = opened(job);
            assertThat(view.getElement().getTextRecursively())
                    .contains("This import could be undone until ")
                    .doesNotContain("Undo this import");
            navigate(CustomersView.class);
        });
        TestTenants.asOwner(tenants.fresh("Globex"), () -> {
            ImportView view = opened(job);
            assertThat(view.getElement().getTextRecursively()).doesNotContain("till.csv");
            navigate(CustomersView.class);
        });
    }

    @Test
    void anImportOfAnotherBusinessIsNotThereAndOnesOwnSaysWhoseItIs() throws Exception {
        long job = paused(Files.writeString(folder.resolve("till.csv"), "customer id,email\nA1,ada@till.example\n"));
        TestTenants.asOwner(acme, () -> {
            assertThat(opened(job).getElement().getTextRecursively())
                    .contains("Import of till.csv", "Customers · OWNER · ")
                    .doesNotContain("is not kept here");
            navigate(CustomersView.class);
        });
        TestTenants.asOwner(tenants.fresh("Globex"), () -> {
            assertThat(opened(job).getElement().getTextRecursively())
                    .contains("This import is not kept here.")
                    .doesNotContain("Import of till.csv", "OWNER · ");
            navigate(CustomersView.class);
        });
    }

    private ImportView opened(long job) {
        UI.getCurrent().navigate("customers/import", QueryParameters.of("job", Long.toString(job)));
        return find(ImportView.class).single();
    }

    /** It never got to its first row: in the transaction that began it, it was paused. */
    private long paused(Path file) {
        ImportMapping mapping = ImportMapping.guess(ImportKind.CUSTOMERS, List.of("customer id", "email"));
        ImportOptions options = ImportOptions.of("till.csv", CsvFormat.STANDARD);
        return TestTenants.asOwner(
                acme,
                () -> Objects.requireNonNull(transaction.execute(status -> {
                    long job = jobs.start(ImportKind.CUSTOMERS, file, mapping, options);
                    jobs.pause(job);
                    return job;
                })));
    }

    @Test
    void wordsWithAccentsAreShownFromAnywhereInTheFile() throws Exception {
        String text = "customer id;first name\n" + "A;Ada\n".repeat(500) + "B;Žofie Dvořáková\n";
        Path file = folder.resolve("till.csv");
        Files.write(file, text.getBytes(Charset.forName("windows-1250")));
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(file, "till.csv");
            assertThat(view.getElement().getTextRecursively())
                    .contains("Words with accents in this file: Žofie Dvořáková.");
            navigate(CustomersView.class);
        });
    }

    private void newAttribute(String column, String save) {
        ComboBox<ColumnMeaning> choice = choice(column);
        choice.setValue(meanings(column).getLast());
        test(button(save)).click();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<ColumnMeaning> choice(String column) {
        return find(ComboBox.class).all().stream()
                .filter(box -> box.getAriaLabel().orElse("").equals("What column " + column + " means"))
                .findFirst()
                .orElseThrow();
    }

    private List<ColumnMeaning> meanings(String column) {
        return choice(column).getListDataView().getItems().toList();
    }

    @Test
    void aListOfAddressesNotToMailIsTakenOverByThePage() throws Exception {
        Path file = Files.writeString(folder.resolve("list.csv"), "email,reason\nx@example.org,bounced\nnobody,spam\n");
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(file, "list.csv");
            test(button("Check the file")).click();
            waitFor("Stop mail to 1 address");
            assertThat(data.count(acme, "suppression")).isZero();
            test(button("Stop mail to 1 address")).click();
            waitFor("Import another file");
            assertThat(view.getElement().getTextRecursively()).contains("1 new address");
        });
        assertThat(data.count(acme, "suppression")).isEqualTo(1);
    }

    @SuppressWarnings("unchecked")
    private void policy(ImportPolicy.Blanks blanks) {
        find(RadioButtonGroup.class).all().stream()
                .filter(g -> g.getLabel().equals("A blank cell"))
                .forEach(g -> g.setValue(blanks));
    }

    /** On this thread: the page is known to it alone. */
    private void waitFor(String text) {
        Instant end = Instant.now().plusSeconds(90);
        while (find(Button.class).all().stream().noneMatch(b -> b.getText().equals(text))) {
            assertThat(Instant.now()).as(text).isBefore(end);
            LockSupport.parkNanos(50_000_000);
            roundTrip();
        }
    }

    private Button button(String text) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }
}
