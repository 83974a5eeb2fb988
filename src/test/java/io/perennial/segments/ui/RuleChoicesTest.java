package io.perennial.segments.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.kernel.TenantId;
import io.perennial.segments.Choice;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.Segments;
import io.perennial.segments.TypedChoice;
import io.perennial.segments.Window;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is typed or kept where one of some values must be chosen. */
@IntegrationTest
class RuleChoicesTest extends SpringBrowserlessTest {

    @Autowired
    Segments segments;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AttributeDefinitions attributes;

    @Autowired
    TestTenants tenants;

    private TenantId acme;

    @BeforeEach
    void twoShops() {
        acme = tenants.fresh("Acme");
        levels(acme, "Gold", "Silver");
        levels(tenants.fresh("Globex"), "Bronze", "Tin");
    }

    @Test
    void aChoiceThatIsNotThereStaysAsTypedAndIsSaidToBeNone() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef segment = segments.create("Gold", level(Operator.IS, "1"));
            UI.getCurrent().navigate("segments/" + segment.id());
            ComboBox<Choice> box = value();
            type(box, "Bronze");
            assertThat(box.getValue().label()).isEqualTo("Bronze");
            assertThat(row().rule()).isEqualTo(condition(Operator.IS, TypedChoice.of("Bronze")));
            assertThat(words()).contains("“Bronze” is none of those offered");
            click("Save segment");
            assertThat(saved(segment)).as("nothing wrong is saved").isEqualTo(level(Operator.IS, "1"));
            type(box, " silver ");
            assertThat(row().rule()).isEqualTo(condition(Operator.IS, "2"));
            assertThat(words()).doesNotContain("is none of those offered");
            click("Save segment");
            assertThat(saved(segment)).isEqualTo(level(Operator.IS, "2"));
        });
    }

    @Test
    void aNumberThatIsTypedIsNotTakenForTheNumberOfAChoice() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef segment = segments.create("Gold", level(Operator.IS_ANY_OF, "1"));
            UI.getCurrent().navigate("segments/" + segment.id());
            MultiSelectComboBox<Choice> box = values();
            type(box, "2");
            assertThat(row().rule()).isEqualTo(condition(Operator.IS_ANY_OF, "1", TypedChoice.of("2")));
            assertThat(words()).contains("“2” is none of those offered");
        });
    }

    @Test
    void anotherSegmentIsNotSaidToBeChosenWhenItsNameIsUnknown() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef gold = segments.create("Gold", level(Operator.IS, "1"));
            SegmentRef asking = segments.create("Asking", only(new Rule.Member(gold.id(), true)));
            UI.getCurrent().navigate("segments/" + asking.id());
            ComboBox<Choice> box = value();
            type(box, "Golden");
            assertThat(box.getValue().label()).isEqualTo("Golden");
            assertThat(row().rule()).isEqualTo(new Rule.Member(new SegmentId(0), true));
            assertThat(words()).contains("Choose a segment.");
        });
    }

    @Test
    void whatIsGoneMeanwhileIsShownAsGoneAndNotDropped() {
        TestTenants.asOwner(acme, () -> {
            Rule mails = new Rule.Activity(
                    "MAIL_SENT",
                    Measure.of(Aggregate.COUNT, Operator.AT_LEAST, "1"),
                    Window.ever(),
                    List.of("4711"),
                    List.of());
            SegmentRef segment = segments.create("Mailed", only(mails));
            UI.getCurrent().navigate("segments/" + segment.id());
            assertThat(row().rule()).as("any mailing would be many more people").isEqualTo(mails);
            assertThat(values().getSelectedItems()).extracting(Choice::label).containsExactly("(gone)");
        });
    }

    @Test
    void whatIsNoChoiceAnyMoreIsSaidAtOnceOfASavedRule() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef segment = segments.create("Gold", level(Operator.IS, "1"));
            // Past the checks, as if the attribute had been another when the rule was saved.
            jdbc.update(
                    "UPDATE segment SET document = REPLACE(document, '\"1\"', '\"17\"') WHERE tenant_id = ? AND id = ?",
                    acme.value(),
                    segment.id().value());
            UI.getCurrent().navigate("segments/" + segment.id());
            assertThat(row().rule()).isEqualTo(condition(Operator.IS, "17"));
            assertThat(value().getValue().label()).isEqualTo("(gone)");
            assertThat(words()).contains("One of these is not among those offered");
        });
    }

    @Test
    void theNameOfACountryIsTakenForItsCode() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef segment = segments.create("Poles", only(Rule.Condition.of(Field.COUNTRY, Operator.IS, "PL")));
            UI.getCurrent().navigate("segments/" + segment.id());
            type(value(), "czechia");
            assertThat(row().rule()).isEqualTo(Rule.Condition.of(Field.COUNTRY, Operator.IS, "CZ"));
            type(value(), "Bohemia");
            assertThat(words()).contains("“Bohemia” is none of those offered");
        });
    }

    private void levels(TenantId tenant, String... names) {
        TestTenants.asOwner(tenant, () -> attributes.define("level", "Level", AttributeType.CHOICE, List.of(names)));
    }

    private static Group level(Operator operator, String... values) {
        return only(condition(operator, values));
    }

    private static Rule condition(Operator operator, String... values) {
        return new Rule.Attribute("level", operator, List.of(values));
    }

    private static Group only(Rule rule) {
        return new Group(Match.ALL, List.of(rule));
    }

    private Rule saved(SegmentRef segment) {
        return segments.open(segment.id()).rule();
    }

    private ConditionRow row() {
        return find(ConditionRow.class).single();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Choice> value() {
        return (ComboBox<Choice>) find(ComboBox.class).all().getLast();
    }

    @SuppressWarnings("unchecked")
    private MultiSelectComboBox<Choice> values() {
        return find(MultiSelectComboBox.class).all().getFirst();
    }

    /** As the browser tells it, which found nothing of that name among what is offered. */
    private static <B extends ComboBoxBase<B, Choice, ?>> void type(B box, String words) {
        ComponentUtil.fireEvent(box, new ComboBoxBase.CustomValueSetEvent<>(box, true, words));
    }

    private void click(String words) {
        test(find(Button.class).all().stream()
                        .filter(b -> b.getText().equals(words))
                        .findFirst()
                        .orElseThrow())
                .click();
    }

    private String words() {
        return getCurrentView().getElement().getTextRecursively();
    }
}
