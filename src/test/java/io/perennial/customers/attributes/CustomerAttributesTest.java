package io.perennial.customers.attributes;

import static io.perennial.customers.ImportedData.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.accounts.Role;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.CustomerImports;
import io.perennial.customers.CustomerNotFound;
import io.perennial.customers.Erasures;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportedData;
import io.perennial.customers.PersonExport;
import io.perennial.customers.attributes.AttributeValue.Choices;
import io.perennial.customers.attributes.AttributeValue.Day;
import io.perennial.customers.attributes.AttributeValue.Number;
import io.perennial.customers.attributes.AttributeValue.Text;
import io.perennial.customers.attributes.AttributeValue.YesNo;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class CustomerAttributesTest {

    @Autowired
    CustomerAttributes attributes;

    @Autowired
    AttributeDefinitions definitions;

    @Autowired
    AttributeStore store;

    @Autowired
    CustomerImports imports;

    @Autowired
    PersonExport export;

    @Autowired
    Erasures erasures;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData data;

    private TenantId acme;
    private TenantId globex;
    private CustomerId ada;
    private CustomerId bob;

    @BeforeEach
    void twoBusinessesThatKeepMoreAboutTheirCustomers() {
        acme = withAttributes("Acme");
        globex = withAttributes("Globex");
        ada = data.id(acme, "A1");
        bob = data.id(acme, "B1");
    }

    @Test
    void aCustomerHasAValueOfEachType() {
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, id("note"), new Text("Wants the window seat"));
            attributes.set(ada, id("shoe_size"), new Number(new BigDecimal("38.50")));
            attributes.set(ada, id("member_since"), new Day(LocalDate.of(2024, 2, 29)));
            attributes.set(ada, id("pushchair"), new YesNo(false));
            attributes.set(ada, id("colour"), Choices.of(2));
            attributes.set(ada, id("allergies"), Choices.of(1, 3));
            assertThat(attributes.of(ada).entrySet())
                    .extracting(e -> e.getKey().key() + "=" + AttributeText.write(e.getKey(), e.getValue()))
                    .containsExactly(
                            "note=Wants the window seat",
                            "shoe_size=38.5",
                            "member_since=2024-02-29",
                            "pushchair=no",
                            "colour=Green",
                            "allergies=Nuts; Gluten");
            attributes.set(ada, id("allergies"), Choices.of(2));
            attributes.set(ada, id("note"), null);
            assertThat(attributes.of(ada))
                    .hasSize(5)
                    .containsEntry(attribute("allergies"), Choices.of(2))
                    .doesNotContainKey(attribute("note"));
            assertThat(attributes.of(bob)).isEmpty();
        });
    }

    @Test
    void textIsReadAsItIsWritten() {
        TestTenants.asOwner(acme, () -> {
            for (Map.Entry<String, String> cell : Map.of(
                            "note", "Tâm & Jiří; both",
                            "shoe_size", "-12.25",
                            "member_since", "2026-03-29",
                            "pushchair", "yes",
                            "colour", "Red",
                            "allergies", "Milk; Gluten")
                    .entrySet()) {
                CustomerAttribute attribute = attribute(cell.getKey());
                assertThat(AttributeText.write(attribute, AttributeText.read(attribute, cell.getValue())))
                        .isEqualTo(cell.getValue());
            }
            assertThat(AttributeText.read(attribute("allergies"), "gluten;NUTS"))
                    .isEqualTo(Choices.of(1, 3));
        });
    }

    @Test
    void aValueThatCannotBeSaysWhatToDo() {
        TestTenants.asOwner(acme, () -> {
            refused("note", "x".repeat(501), "at most 500 characters; this one has 501");
            refused("shoe_size", "12,5", "\"12,5\" is not a number");
            refused("shoe_size", "1e20", "lies between");
            refused("shoe_size", "0.1234567", "at most 6 decimals");
            refused("member_since", "29.2.2023", "Write it as 2026-03-29");
            refused("pushchair", "perhaps", "neither yes nor no");
            refused("colour", "Blue", "Possible: Red, Green");
            refused("allergies", "Nuts; Sun", "\"Sun\" cannot be chosen");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> attributes.set(ada, id("colour"), Choices.of(1, 2)))
                    .isNotInstanceOf(InvalidAttributeValue.class);
            assertThatIllegalArgumentException().isThrownBy(() -> attributes.set(ada, id("colour"), Choices.of(9)));
            assertThatIllegalArgumentException().isThrownBy(() -> attributes.set(ada, id("note"), new YesNo(true)));
            assertThat(attributes.of(ada)).isEmpty();
        });
    }

    @Test
    void choicesAreRenamedReorderedArchivedAndComeBack() {
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, id("colour"), Choices.of(2));
            AttributeId colour = id("colour");
            // Red and Green change their names, Blue is new.
            definitions.saveChoices(
                    colour,
                    List.of(
                            new AttributeChoice(0, "Blue", false),
                            new AttributeChoice(1, "Green", false),
                            new AttributeChoice(2, "Red", false)));
            assertThat(attribute("colour").choices())
                    .extracting(AttributeChoice::name)
                    .containsExactly("Blue", "Green", "Red");
            assertThat(shown(ada, "colour")).isEqualTo("Red");
            definitions.saveChoices(colour, List.of(new AttributeChoice(1, "Green", false)));
            assertThat(attribute("colour").choices())
                    .as("nobody was Blue; Red is somebody's")
                    .extracting(choice -> choice.name() + choice.archived())
                    .containsExactly("Greenfalse", "Redtrue");
            assertThat(shown(ada, "colour")).isEqualTo("Red");
            definitions.saveChoices(
                    colour, List.of(new AttributeChoice(1, "Green", false), new AttributeChoice(0, "red", false)));
            assertThat(attribute("colour").offered()).hasSize(2);
            assertThat(shown(ada, "colour")).isEqualTo("red");
            assertThatExceptionOfType(InvalidAttribute.class)
                    .isThrownBy(() -> definitions.saveChoices(
                            colour,
                            List.of(new AttributeChoice(0, "Café", false), new AttributeChoice(0, "CAFE", false))))
                    .withMessageContaining("there twice");
            assertThat(attribute("colour").offered()).hasSize(2);
        });
    }

    @Test
    void whatIsInUseIsArchivedAndNeverDeleted() {
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, id("note"), new Text("Loud"));
            AttributeId note = id("note");
            assertThat(definitions.isUnused(note)).isFalse();
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> definitions.delete(note));
            definitions.archive(note);
            assertThat(attributes.list()).extracting(CustomerAttribute::key).doesNotContain("note");
            assertThat(attributes.of(ada)).isEmpty();
            definitions.restore(note);
            assertThat(attributes.of(ada)).hasSize(1);
            definitions.delete(id("colour"));
            assertThat(attributes.find("colour")).isEmpty();
        });
    }

    @Test
    void definitionsThatCannotBeAreRefused() {
        TestTenants.asOwner(acme, () -> {
            refused("1st", "First", List.of());
            refused("note", "Another note", List.of());
            refused("other", "NOTE", List.of());
            refused("other", " ", List.of());
            refused("choice", "Choice", List.of());
            refused("choice", "Choice", List.of("a;b"));
            refused("choice", "Choice", Collections.nCopies(201, "x"));
            for (int i = attributes.list().size(); i < CustomerAttribute.MOST; i++) {
                definitions.define("number_" + i, "Number " + i, AttributeType.NUMBER, List.of());
            }
            refused("one_more", "One more", List.of("a"));
            definitions.archive(id("number_50"));
            definitions.define("one_more", "One more", AttributeType.CHOICE, List.of("a"));
            assertThatExceptionOfType(InvalidAttribute.class).isThrownBy(() -> definitions.restore(id("number_50")));
        });
    }

    @Test
    void aKeyIsMadeOfTheName() {
        assertThat(AttributeDefinitions.keyOf("Đặc biệt: Příliš žluťoučký")).isEqualTo("dac_biet_prilis_zlutoucky");
        assertThat(AttributeDefinitions.keyOf("2nd child's name")).isEqualTo("nd_child_s_name");
        assertThat(AttributeDefinitions.keyOf("!!!")).isEmpty();
    }

    @Test
    void thousandsAreWrittenAtOnce() {
        TestTenants.asOwner(acme, () -> {
            CustomerAttribute allergies = attribute("allergies");
            CustomerAttribute size = attribute("shoe_size");
            Map<Long, AttributeValue> lists = Map.of(ada.value(), Choices.of(1, 2), bob.value(), Choices.of(3));
            store.write(acme, allergies, lists);
            store.write(acme, size, Map.of(ada.value(), new Number(BigDecimal.TEN)));
            store.write(acme, size, Map.of(ada.value(), new Number(BigDecimal.ONE)));
            assertThat(store.read(acme, allergies, List.of(ada.value(), bob.value())))
                    .isEqualTo(lists);
            assertThat(store.read(acme, size, List.of(ada.value(), bob.value())))
                    .isEqualTo(Map.of(ada.value(), new Number(BigDecimal.ONE)));
            store.clear(acme, allergies, List.of(ada.value()));
            assertThat(attributes.of(allergies, List.of(ada.value(), bob.value())))
                    .containsOnlyKeys(bob.value());
        });
    }

    @Test
    void aMergeKeepsWhatTheSurvivorHas() {
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, id("note"), new Text("Ada's"));
            attributes.set(bob, id("note"), new Text("Bob's"));
            attributes.set(bob, id("allergies"), Choices.of(1, 3));
            attributes.set(bob, id("shoe_size"), new Number(BigDecimal.TEN));
            store.move(acme, bob.value(), ada.value());
            assertThat(shown(ada, "note")).isEqualTo("Ada's");
            assertThat(shown(ada, "allergies")).isEqualTo("Nuts; Gluten");
            assertThat(shown(ada, "shoe_size")).isEqualTo("10");
        });
    }

    @Test
    void whatTextsAreInUseIsOfferedWhileTyping() {
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, id("note"), new Text("100 % wool"));
            attributes.set(bob, id("note"), new Text("1000 things"));
            assertThat(attributes.texts(id("note"), "100")).containsExactly("100 % wool", "1000 things");
            assertThat(attributes.texts(id("note"), "100 %")).containsExactly("100 % wool");
            assertThat(attributes.texts(id("note"), "%")).isEmpty();
        });
    }

    @Test
    void theCopyNamesThemAndErasureTakesThem() {
        TestTenants.asOwner(acme, () -> {
            attributes.set(ada, id("note"), new Text("Jedinečná"));
            attributes.set(ada, id("allergies"), Choices.of(1, 3));
            attributes.set(ada, id("pushchair"), new YesNo(true));
            assertThat(export.json(ada))
                    .contains("\"attribute\" : \"Allergies\"", "\"value\" : \"Gluten\"", "Jedinečná", "\"yes\"");
            erasures.erase(ada, "ada@example.com");
        });
        for (String table : List.of("customer_text", "customer_number", "customer_date", "customer_choice")) {
            assertThat(data.count(acme, table)).isZero();
        }
    }

    @Test
    void anotherBusinessSeesAndChangesNothing() {
        TestTenants.asOwner(acme, () -> attributes.set(ada, id("note"), new Text("Acme's own")));
        AttributeId note = TestTenants.asOwner(acme, () -> id("note"));
        String before = data.checksum(acme);
        TestTenants.asOwner(globex, () -> {
            assertThat(attributes.texts(note, "")).isEmpty();
            assertThat(attributes.of(attribute("note"), List.of(ada.value()))).isEmpty();
            assertThat(attributes.of(ada)).isEmpty();
            assertThatExceptionOfType(CustomerNotFound.class)
                    .isThrownBy(() -> attributes.set(ada, id("note"), new Text("stolen")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> attributes.set(data.id(globex, "A1"), note, new Text("stolen")));
            assertThatIllegalArgumentException().isThrownBy(() -> definitions.change(note, "Stolen", null));
            assertThatIllegalArgumentException().isThrownBy(() -> definitions.archive(note));
            assertThatIllegalArgumentException().isThrownBy(() -> definitions.delete(note));
            CustomerAttribute own = attribute("note");
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> store.write(globex, own, Map.of(ada.value(), new Text("stolen"))));
        });
        assertThat(data.checksum(acme)).isEqualTo(before);
        TestTenants.asOwner(acme, () -> assertThat(attribute("note").archived()).isFalse());
    }

    @Test
    void whoOnlyLooksChangesNothing() {
        AttributeId note = TestTenants.asOwner(acme, () -> id("note"));
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> attributes.set(ada, note, new Text("no"))));
        TestTenants.as(acme, Role.SUPPORT, () -> {
            attributes.set(ada, note, new Text("yes"));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> definitions.archive(note));
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> definitions.define("x", "X", AttributeType.TEXT, List.of()));
        });
    }

    private void refused(String key, String text, String why) {
        CustomerAttribute attribute = attribute(key);
        assertThatExceptionOfType(InvalidAttributeValue.class)
                .isThrownBy(() -> AttributeText.read(attribute, text))
                .withMessageContaining(why);
    }

    private void refused(String key, String name, List<String> choices) {
        assertThatExceptionOfType(InvalidAttribute.class)
                .isThrownBy(() -> definitions.define(key, name, AttributeType.CHOICE, choices));
    }

    private String shown(CustomerId customer, String key) {
        CustomerAttribute attribute = attribute(key);
        return AttributeText.write(attribute, attributes.of(customer).get(attribute));
    }

    private CustomerAttribute attribute(String key) {
        return attributes.find(key).orElseThrow();
    }

    private AttributeId id(String key) {
        return attribute(key).id();
    }

    private TenantId withAttributes(String name) {
        TenantId tenant = tenants.fresh(name);
        TestTenants.asOwner(tenant, () -> {
            imports.importCustomers(
                    text("id,email", "A1,ada@example.com", "B1,bob@example.com"),
                    ImportMapping.none().with(ImportField.EXTERNAL_ID, 0).with(ImportField.EMAIL, 1),
                    ImportOptions.of("people.csv", CsvFormat.STANDARD));
            definitions.define("note", "Note", AttributeType.TEXT, List.of());
            definitions.define("shoe_size", "Shoe size", AttributeType.NUMBER, List.of());
            definitions.define("member_since", "Member since", AttributeType.DATE, List.of());
            definitions.define("pushchair", "Comes with a pushchair", AttributeType.YES_NO, List.of());
            definitions.define("colour", "Colour", AttributeType.CHOICE, List.of("Red", "Green"));
            definitions.define("allergies", "Allergies", AttributeType.LIST, List.of("Nuts", "Milk", "Gluten"));
        });
        return tenant;
    }
}
