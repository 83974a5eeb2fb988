package io.perennial.customers.ui;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A choice typed by hand is taken where it is one, and refused with words where it is none; it never vanishes. */
@IntegrationTest
class AttributeChoicesTest extends SpringBrowserlessTest {

    @Autowired
    CustomerImports imports;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void aCustomerOfEachBusinessAndItsAttributes() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        for (TenantId tenant : List.of(acme, globex)) {
            TestTenants.asOwner(tenant, () -> {
                imports.importCustomers(
                        text("id,email", "A1,ada@example.com"),
                        ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.EMAIL, 1),
                        ImportOptions.of("people.csv", CsvFormat.STANDARD));
                definitions.define("roast", "Roast", AttributeType.CHOICE, List.of("Light", "Dark"));
                definitions.define("sorts", "Sorts", AttributeType.LIST, List.of("Beans", "Ground"));
            });
        }
    }

    @Test
    void whatIsNoneOfTheChoicesStaysAndIsRefusedInWords() {
        TestTenants.asOwner(acme, () -> {
            edit();
            ComboBox<AttributeChoice> roast = single();
            MultiSelectComboBox<AttributeChoice> sorts = several();
            type(roast, "Purple");
            type(sorts, "Pods");
            assertThat(roast.isInvalid()).isTrue();
            assertThat(roast.getErrorMessage()).contains("\"Purple\" cannot be chosen", "Light, Dark");
            assertThat(roast.getValue().name()).as("it stays to be mended").isEqualTo("Purple");
            assertThat(sorts.getErrorMessage()).contains("\"Pods\" cannot be chosen");
            save();
            assertThat(find(AttributeValuesDialog.class).single().isOpened()).isTrue();
            assertThat(data.count(acme, "customer_choice")).isZero();
            type(roast, " dark ");
            sorts.setValue(List.of());
            type(sorts, "ground");
            assertThat(roast.isInvalid() || sorts.isInvalid()).isFalse();
            save();
            assertThat(find(AttributesPanel.class).single().getElement().getTextRecursively())
                    .contains("Dark", "Ground");
        });
        assertThat(data.count(acme, "customer_choice")).isEqualTo(2);
        assertThat(data.count(globex, "customer_choice")).isZero();
    }

    private void edit() {
        navigate("customers/" + data.id(acme, "A1"), CustomerView.class);
        press("Edit attributes");
    }

    private void save() {
        press("Save changes");
    }

    private void press(String words) {
        test(find(Button.class).all().stream()
                        .filter(button -> button.getText().equals(words))
                        .findFirst()
                        .orElseThrow())
                .click();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<AttributeChoice> single() {
        return find(ComboBox.class).all().stream()
                .filter(box -> "Roast".equals(box.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private MultiSelectComboBox<AttributeChoice> several() {
        return find(MultiSelectComboBox.class).all().stream()
                .filter(box -> "Sorts".equals(box.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    private static void type(ComboBox<AttributeChoice> box, String words) {
        ComponentUtil.fireEvent(box, new ComboBoxBase.CustomValueSetEvent<>(box, true, words));
    }

    private static void type(MultiSelectComboBox<AttributeChoice> box, String words) {
        ComponentUtil.fireEvent(box, new ComboBoxBase.CustomValueSetEvent<>(box, true, words));
    }
}
