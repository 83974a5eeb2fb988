package io.perennial.customers.ui;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.customers.RejectedRow;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
class CustomerViewsTest extends SpringBrowserlessTest {

    @Autowired
    CustomerImports imports;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    OperatorVisits visits;

    @Autowired
    JdbcTemplate jdbc;

    @TempDir
    Path folder;

    private TenantId acme;

    @BeforeEach
    void freshBusiness() {
        acme = tenants.fresh("Acme");
    }

    @Test
    void anEmptyListLeadsToTheImport() {
        TestTenants.asOwner(acme, () -> {
            String page = navigate(CustomersView.class).getElement().getTextRecursively();
            assertThat(page).contains("No customers yet");
        });
    }

    @Test
    void theListShowsTheCustomersOfTheAddressInTheBar() {
        importTwo(acme);
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("customers", QueryParameters.of("q", "bob"));
            CustomerGrid grid = find(CustomerGrid.class).single();
            assertThat(test(grid).size()).isEqualTo(1);
            assertThat(find(CustomersView.class).single().getElement().getTextRecursively())
                    .contains("1 customer");
        });
    }

    /** An operator who came to look; people with a role of their own that only reads are like them. */
    @Test
    void whoOnlyLooksSeesTheListWithNothingToSelect() {
        importTwo(acme);
        TenantId globex = tenants.fresh("Globex");
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@staff.example");
        long account = accounts.ensureAccount(email, "Olga", "three calm words");
        accounts.addMember(globex, account, Role.OWNER);
        jdbc.update("UPDATE staff_account SET operator = TRUE WHERE id = ?", account);
        StaffPrincipal inside = TestTenants.as(
                accounts.loadUserByUsername(email.value()),
                () -> visits.enter(acme, "Ticket 4711: nothing is sent", false));
        TestTenants.as(inside, () -> {
            navigate(CustomersView.class);
            CustomerGrid grid = find(CustomerGrid.class).single();
            assertThat(test(grid).size()).isEqualTo(2);
            assertThat(grid.getSelectedItems()).isEmpty();
            navigate(DuplicatesView.class);
            return true;
        });
    }

    @Test
    void aProfileIsShownAndAnotherBusinesssIsNotFound() {
        TenantId globex = tenants.fresh("Globex");
        importTwo(acme);
        String path = "customers/" + data.id(acme, "A1");
        TestTenants.asOwner(acme, () -> {
            String page = navigate(path, CustomerView.class).getElement().getTextRecursively();
            assertThat(page)
                    .contains("ada@example.com")
                    .contains("Can be mailed: never asked")
                    .contains("Never asked");
            test(button("Stop all mail")).click();
            assertThat(find(CustomerView.class).single().getElement().getTextRecursively())
                    .contains("Cannot be mailed: suppressed");
            test(button("Record consent")).click();
        });
        assertThat(data.count(acme, "suppression")).isEqualTo(1);
        assertThat(data.rows(acme, "consent"))
                .singleElement()
                .satisfies(r -> assertThat(r.get("source")).isEqualTo("staff: OWNER"));
        TestTenants.asOwner(globex, () -> {
            UI.getCurrent().navigate(path);
            assertThat(find(CustomerView.class).all()).isEmpty();
        });
    }

    @Test
    void anAttributeIsDefinedFilledInAndShownAsAColumn() {
        importTwo(acme);
        TestTenants.asOwner(acme, () -> {
            navigate(AttributesView.class);
            test(button("Add an attribute")).click();
            test(field("Name")).setValue("Favourite store");
            assertThat(field("Key").getValue()).isEqualTo("favourite_store");
            test(button("Add attribute")).click();
            assertThat(find(AttributesView.class).single().getElement().getTextRecursively())
                    .contains("Favourite store")
                    .contains("Text · favourite_store");
            navigate("customers/" + data.id(acme, "A1"), CustomerView.class);
            test(button("Edit attributes")).click();
            test(field("Favourite store")).setValue("Brno");
            test(button("Save changes")).click();
            assertThat(find(AttributesPanel.class).single().getElement().getTextRecursively())
                    .contains("Favourite store")
                    .contains("Brno");
            UI.getCurrent().navigate("customers", QueryParameters.of("columns", "favourite_store"));
            CustomerGrid grid = find(CustomerGrid.class).single();
            assertThat(grid.columnsShown())
                    .singleElement()
                    .satisfies(one -> assertThat(one.name()).isEqualTo("Favourite store"));
            assertThat(test(grid).getCellText(1, grid.getColumns().size() - 1)
                            + test(grid).getCellText(0, grid.getColumns().size() - 1))
                    .isEqualTo("Brno");
            navigate(AttributesView.class);
            test(button("Remove")).click();
            assertThat(find(AttributesView.class).single().getElement().getTextRecursively())
                    .contains("Archived")
                    .contains("Show again");
        });
    }

    @Test
    void theListIsExportedByADialogThatSaysHowMany() {
        importTwo(acme);
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("customers", QueryParameters.of("q", "bob"));
            test(button("Export this list")).click();
            assertThat(find(ExportDialog.class).single().getHeaderTitle()).isEqualTo("Export");
            assertThat(find(Button.class).all()).extracting(Button::getText).contains("Download");
        });
    }

    @Test
    void fromAnImportsPageItsCustomersGoOnAList() throws Exception {
        importTwo(acme);
        Path file = folder.resolve("fair.csv");
        Files.writeString(file, "id,email,first\nA1,ada@example.com,Adéla\nN1,nobody,نور\nN2,n2@example.com,Nam\n");
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(file, "fair.csv");
            test(button("Check the file")).click();
            waitUntil(() ->
                    find(Button.class).all().stream().anyMatch(b -> b.getText().startsWith("Import 2")));
            test(find(Button.class).all().stream()
                            .filter(b -> b.getText().startsWith("Import 2"))
                            .findFirst()
                            .orElseThrow())
                    .click();
            waitUntil(() ->
                    find(Button.class).all().stream().anyMatch(b -> b.getText().equals("Make a list of them")));
            test(button("Make a list of them")).click();
            RadioButtonGroup<?> which = find(RadioButtonGroup.class).all().getLast();
            assertThat(which.getLabel()).isEqualTo("Who goes on the list");
            test(button("Add 2 customers to the list")).click();
            assertThat(find(ImportListDialog.class).all()).isEmpty();
            waitUntil(() -> data.count(acme, "segment_listed") == 2);
        });
        assertThat(data.latestList(acme)).containsExactlyInAnyOrder("A1", "N2");
    }

    @Test
    void aFileWithoutHeaderIsCheckedThenImportedByThePage() throws Exception {
        Path file = folder.resolve("sample.txt");
        Files.writeString(
                file,
                " 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n 00021 0002 19970101  3   63.34\r\n"
                        + " 00021 0002 19970101  1    0.00\r\n");
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(file, "sample.txt");
            test(find(Checkbox.class).all().stream()
                            .filter(c -> c.getLabel().startsWith("Create customers"))
                            .findFirst()
                            .orElseThrow())
                    .click();
            test(button("Check the file")).click();
            waitUntil(() ->
                    find(Button.class).all().stream().anyMatch(b -> b.getText().equals("Import 4 orders")));
            assertThat(data.count(acme, "customer")).isZero();
            test(button("Import 4 orders")).click();
            waitUntil(() ->
                    find(Button.class).all().stream().anyMatch(b -> b.getText().equals("Import another file")));
            assertThat(view.getElement().getTextRecursively())
                    .contains("4 new orders")
                    .contains("2 new customers made for them");
        });
        assertThat(data.count(acme, "customer_order")).isEqualTo(4);
        assertThat(data.summary(acme, "00004")).containsEntry("orders", 2);
    }

    @Test
    void whatIsLeftOutIsSaidOnThePage() throws Exception {
        Path file = Files.writeString(
                folder.resolve("people.csv"), "id;email\nA1;ada@example.com\nA2;nobody\nA1;bob@example.com\n");
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(file, "people.csv");
            test(button("Check the file")).click();
            waitUntil(() ->
                    find(Button.class).all().stream().anyMatch(b -> b.getText().equals("Import 1 customer")));
            assertThat(view.getElement().getTextRecursively())
                    .contains("2 rows left out")
                    .contains("email: This is not an e-mail address.")
                    .contains("id: An earlier line has the same customer id; the first one counts.");
            Grid<?> leftOut = find(Grid.class).single();
            assertThat(test(leftOut).size()).isEqualTo(2);
            assertThat(leftOut.getLazyDataView().getItem(0))
                    .isInstanceOfSatisfying(
                            RejectedRow.class, row -> assertThat(row.line()).isEqualTo(3));
            assertThat(leftOut.getLazyDataView().getItem(1)).isInstanceOfSatisfying(RejectedRow.class, row -> {
                assertThat(row.line()).isEqualTo(4);
                assertThat(row.reason()).isEqualTo("Line 2 has the same customer id; the first one counts.");
            });
            UI.getCurrent().navigate("customers");
        });
        assertThat(file).doesNotExist(); // nobody will ask for it again
    }

    @Test
    void aBrokenWorkbookIsRefusedInWords() throws Exception {
        Path file = Files.write(folder.resolve("book.xlsx"), new byte[] {'P', 'K', 3, 4, 0, 0});
        TestTenants.asOwner(acme, () -> {
            ImportView view = navigate(ImportView.class);
            view.arrived(file, "book.xlsx");
            assertThat(view.getElement().getTextRecursively()).contains("damaged");
        });
    }

    /** On this thread: the page is known to it alone. */
    private static void waitUntil(BooleanSupplier done) {
        Instant end = Instant.now().plusSeconds(90);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
            roundTrip();
        }
    }

    private void importTwo(TenantId tenant) {
        TestTenants.asOwner(
                tenant,
                () -> imports.importCustomers(
                        text("id,email", "A1,ada@example.com", "A2,bob@example.com"),
                        ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.EMAIL, 1),
                        ImportOptions.of("people.csv", CsvFormat.STANDARD)));
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream()
                .filter(f -> label.equals(f.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    private Button button(String text) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }
}
