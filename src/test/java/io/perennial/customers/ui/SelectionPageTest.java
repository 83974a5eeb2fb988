package io.perennial.customers.ui;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.textfield.IntegerField;
import io.perennial.accounts.Role;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.bulk.BulkAction;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.uikit.EmptyState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the customers' page offers for those who were selected, and what it says to bad input. */
@IntegrationTest
class SelectionPageTest extends SpringBrowserlessTest {

    @Autowired
    CustomerImports imports;

    @Autowired
    BulkJobs jobs;

    @Autowired
    CustomerList list;

    @Autowired
    TestTenants tenants;

    private TenantId acme;

    @BeforeEach
    void oneCustomer() {
        acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            TestTenants.asOwner(
                    tenant,
                    () -> imports.importCustomers(
                            text("id,email", "A1,ada@example.com"),
                            ImportMapping.none()
                                    .with(ImportField.EXTERNAL_ID, 0)
                                    .with(ImportField.EMAIL, 1),
                            ImportOptions.of("people.csv", CsvFormat.STANDARD)));
        }
    }

    @Test
    void whateverIsOfferedForASelectionOpensAndSaysForHowMany() {
        TestTenants.asOwner(acme, () -> {
            select();
            List<MenuItem> deeds = deeds();
            assertThat(deeds).hasSize(BulkBar.Deed.values().length);
            for (MenuItem deed : deeds) {
                ComponentUtil.fireEvent(deed, new ClickEvent<>(deed));
                Dialog dialog = open();
                String words = dialog.getElement().getTextRecursively() + dialog.getHeaderTitle();
                assertThat(words).as(deed.getText()).doesNotContain("bulk.", "exports.");
                dialog.close();
            }
        });
    }

    @Test
    void whatIsMissingIsSaidAtItsField() {
        TestTenants.asOwner(acme, () -> {
            select();
            press("Add a tag");
            test(button("Add tag to 1 customer")).click();
            ComboBox<?> tag = find(ComboBox.class).all().stream()
                    .filter(c -> c.isInvalid())
                    .findFirst()
                    .orElseThrow();
            assertThat(tag.getErrorMessage()).isEqualTo("Choose a tag.");
            open().close();
            press("Set an attribute");
            assertThat(open().getElement().getTextRecursively()).contains("There are no attributes yet");
            assertThat(find(Anchor.class).all()).extracting(Anchor::getText).contains("Define attributes");
        });
    }

    @Test
    void whoMayNotEraseIsNotOfferedIt() {
        TestTenants.as(acme, Role.SUPPORT, () -> {
            select();
            assertThat(deeds())
                    .extracting(MenuItem::getText)
                    .contains("Add a tag")
                    .doesNotContain("Erase for good");
        });
    }

    @Test
    void whatWasDoneToManyIsUndoneFromThePageOfBulkChanges() {
        TestTenants.asOwner(acme, () -> {
            navigate(BulkView.class);
            assertThat(find(EmptyState.class).single().getElement().getTextRecursively())
                    .contains("No bulk changes yet");
            awaitOver(jobs.start(new BulkAction.AddTag("vip"), CustomerSelection.of(CustomerQuery.ALL)));
            navigate(CustomersView.class);
            navigate(BulkView.class);
            assertThat(words()).contains("Add tag “vip”", "1 changed", "Can be undone until", "Done");
            test(button("Undo")).click();
            assertThat(open().getElement().getTextRecursively())
                    .contains("taken off the one customer who got it by this");
            test(button("Undo 1 change")).click();
            awaitOver(jobs.latest(1).getFirst().id());
            navigate(CustomersView.class);
            navigate(BulkView.class);
            assertThat(words()).contains("Undo: Add tag “vip”", "Undone").doesNotContain("Can be undone until");
            assertThat(list.tagCounts()).isEmpty();
        });
    }

    @Test
    void whoOnlyLooksSeesWhatWasDoneAndIsNotOfferedToUndoIt() {
        TestTenants.asOwner(
                acme,
                () -> awaitOver(jobs.start(new BulkAction.AddTag("vip"), CustomerSelection.of(CustomerQuery.ALL))));
        TestTenants.as(acme, Role.ANALYST, () -> {
            navigate(CustomersView.class);
            navigate(BulkView.class);
            assertThat(words()).contains("Add tag “vip”").doesNotContain("Can be undone until");
            assertThat(find(Button.class).all()).extracting(Button::getText).doesNotContain("Undo");
        });
    }

    @Test
    void aPeriodThatCannotBeIsSaidAtItsField() {
        TestTenants.asOwner(acme, () -> {
            navigate(RetentionView.class);
            IntegerField months = find(IntegerField.class).all().getFirst();
            months.setValue(0);
            Button set = find(Button.class).all().stream()
                    .filter(b -> b.getText().equals("Count and set"))
                    .findFirst()
                    .orElseThrow();
            test(set).click();
            assertThat(months.isAttached()).isTrue();
            assertThat(months.isInvalid()).isTrue();
            assertThat(months.getErrorMessage()).isNotBlank();
            assertThat(set.isEnabled()).isTrue();
        });
    }

    private void awaitOver(long job) {
        Instant end = Instant.now().plusSeconds(60);
        while (!jobs.find(job).orElseThrow().state().isOver()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private String words() {
        return find(BulkView.class).single().getElement().getTextRecursively();
    }

    private void select() {
        navigate(CustomersView.class);
        CustomerGrid grid = find(CustomerGrid.class).single();
        grid.select(test(grid).getRow(0));
        assertThat(find(BulkBar.class).single().isVisible()).isTrue();
    }

    private List<MenuItem> deeds() {
        return find(MenuBar.class).all().stream()
                .filter(bar -> bar.getParent().filter(BulkBar.class::isInstance).isPresent())
                .findFirst()
                .orElseThrow()
                .getItems()
                .getFirst()
                .getSubMenu()
                .getItems();
    }

    private void press(String deed) {
        MenuItem wanted = deeds().stream()
                .filter(item -> item.getText().equals(deed))
                .findFirst()
                .orElseThrow();
        ComponentUtil.fireEvent(wanted, new ClickEvent<>(wanted));
    }

    private Dialog open() {
        return find(Dialog.class).all().stream()
                .filter(Dialog::isOpened)
                .findFirst()
                .orElseThrow();
    }

    private Button button(String words) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(words))
                .findFirst()
                .orElseThrow();
    }
}
