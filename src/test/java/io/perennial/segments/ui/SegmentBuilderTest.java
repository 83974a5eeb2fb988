package io.perennial.segments.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.internal.PendingJavaScriptInvocation;
import com.vaadin.flow.component.internal.UIInternals;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.internal.StateNode;
import io.perennial.accounts.Role;
import io.perennial.kernel.TenantId;
import io.perennial.segments.Operator;
import io.perennial.segments.RandomShop;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.RuleChoices;
import io.perennial.segments.RuleLimits;
import io.perennial.segments.Rules;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.Segments;
import io.perennial.segments.Window;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
class SegmentBuilderTest extends SpringBrowserlessTest {

    private static final Rule CITY = Condition.of(Field.CITY, Operator.IS, "Praha");
    private static final Rule ORDERS = Orders.of(Aggregate.COUNT, Operator.AT_LEAST, "2", Window.lastDays(60));

    @Autowired
    Segments segments;

    @Autowired
    RuleChoices choices;

    @Autowired
    Rules documents;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoShops() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void whateverRuleIsShownIsTheRuleThatComesBack() {
        RandomShop.fill(acme, jdbc, 8);
        TestTenants.asOwner(acme, () -> {
            List<SegmentRef> others = List.of(segments.create("One", CITY), segments.create("Two", ORDERS));
            BuilderContext context = BuilderContext.of(choices, "CZK", null);
            for (Rule rule :
                    RandomShop.rules(120, others.stream().map(SegmentRef::id).toList())) {
                List<String> changes = new ArrayList<>();
                GroupEditor editor = new GroupEditor(context, (Group) rule, 0, () -> changes.add("changed"), null);
                assertThat(editor.rule()).isEqualTo(rule);
                assertThat(changes).as("nothing changes by being shown").isEmpty();
            }
        });
    }

    @Test
    void conditionsAreDuplicatedMovedAndRemovedAndAllOfItIsUndone() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef segment = segments.create("Both", new Group(Match.ALL, List.of(CITY, ORDERS)));
            UI.getCurrent().navigate("segments/" + segment.id());
            ConditionRow city = find(ConditionRow.class).all().getFirst();
            menu(city, "Duplicate");
            assertThat(rules()).containsExactly(CITY, CITY, ORDERS);
            menu(find(ConditionRow.class).all().get(1), "Move down (Alt+↓)");
            assertThat(rules()).containsExactly(CITY, ORDERS, CITY);
            menu(find(ConditionRow.class).all().getFirst(), "Remove this condition");
            assertThat(rules()).containsExactly(ORDERS, CITY);
            for (int i = 0; i < 3; i++) {
                test(button("Undo")).click();
            }
            assertThat(rules()).containsExactly(CITY, ORDERS);
            assertThat(button("Undo").isEnabled()).isFalse();
        });
    }

    @Test
    void theKeyboardStaysWhereSomethingWasAddedTakenAwayOrIsMissing() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef segment = segments.create("Both", new Group(Match.ALL, List.of(CITY, ORDERS)));
            UI.getCurrent().navigate("segments/" + segment.id());
            focused();
            menu(find(ConditionRow.class).all().getFirst(), "Remove this condition");
            assertThat(focused()).as("what came after it").isEqualTo(subject(0));
            menu(find(ConditionRow.class).single(), "Remove this condition");
            assertThat(focused()).isEqualTo(button("Add condition").getElement().getNode());
            test(button("Add condition")).click();
            assertThat(focused()).isEqualTo(subject(0));
            test(button("Add group")).click();
            assertThat(focused()).as("the first condition of the new group").isEqualTo(subject(1));
            test(button("Save segment")).click();
            assertThat(focused()).as("the first of what is missing").isEqualTo(subject(0));
        });
    }

    private StateNode subject(int row) {
        return find(ConditionRow.class)
                .all()
                .get(row)
                .getChildren()
                .findFirst()
                .orElseThrow()
                .getElement()
                .getNode();
    }

    /** What was last told to take the keyboard. */
    private static @Nullable StateNode focused() {
        UIInternals internals = UI.getCurrent().getInternals();
        internals.getStateTree().runExecutionsBeforeClientResponse();
        return internals.dumpPendingJavaScriptInvocations().stream()
                .filter(told -> told.getInvocation().getExpression().contains("focus"))
                .map(PendingJavaScriptInvocation::getOwner)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    @Test
    void aRowIsReachedInTheOrderInWhichItIsRead() {
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("segments/new");
            assertThat(find(ConditionRow.class).single().getChildren().map(Component::getClass))
                    .extracting(Class::getSimpleName)
                    .containsExactly("ComboBox", "Div", "PartMenu", "Div");
        });
    }

    @Test
    void aFaultIsMarkedAtItsRowAndNothingIsSaved() {
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("segments/new");
            test(button("Save segment")).click();
            ConditionRow row = find(ConditionRow.class).single();
            assertThat(row.getElement().getTextRecursively()).contains("Something is missing here");
            assertThat(row.getClassNames()).contains("rule-faulty");
            assertThat(segments.list()).isEmpty();
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void anotherSegmentCanBeAskedForButNotThatOfAnotherBusiness() {
        TestTenants.asOwner(globex, () -> segments.create("Theirs", CITY));
        TestTenants.asOwner(acme, () -> {
            SegmentRef ours = segments.create("Ours", CITY);
            UI.getCurrent().navigate("segments/new");
            ComboBox<Subject> subject =
                    (ComboBox<Subject>) find(ComboBox.class).all().getFirst();
            test(subject).selectItem("Another segment");
            ComboBox<Object> which =
                    (ComboBox<Object>) find(ComboBox.class).all().get(1);
            assertThat(test(which).getSuggestions()).containsExactly("Ours");
            test(which).selectItem("Ours");
            assertThat(rules()).containsExactly(new Rule.Member(ours.id(), true));
        });
    }

    @Test
    void aRulePastedAsJsonTakesThePlaceOfTheOldOneWhichUndoBringsBack() {
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("segments/new");
            List<Rule> before = rules();
            Rule pasted = new Group(Match.ANY, List.of(CITY, new Group(Match.NONE, List.of(ORDERS))));
            test(button("JSON")).click();
            TextArea text = find(TextArea.class).single();
            assertThat(text.getValue()).contains("\"version\" : 2").contains("\"orders\"");
            text.setValue(documents.document(pasted));
            test(button("Use this rule")).click();
            assertThat(find(DocumentDialog.class).all()).isEmpty();
            assertThat(find(GroupEditor.class).all().getFirst().rule()).isEqualTo(pasted);
            test(button("Undo")).click();
            assertThat(rules()).isEqualTo(before);
        });
    }

    @Test
    void aFaultyDocumentIsRefusedWithItsPlaceAndTheRuleStays() {
        SegmentRef theirs = TestTenants.asOwner(globex, () -> segments.create("Theirs", CITY));
        TestTenants.asOwner(acme, () -> {
            SegmentRef ours = segments.create("Ours", CITY);
            UI.getCurrent().navigate("segments/" + ours.id());
            test(button("JSON")).click();
            TextArea text = find(TextArea.class).single();
            String good = text.getValue();
            refused(text, good.replace("\"IS\"", "\"RESEMBLES\""), "/rule/rules/0/operator", "RESEMBLES");
            refused(text, good.replace("\"Praha\"", "\"\""), "/rule/rules/0", "Something is missing");
            refused(text, documents.document(new Rule.Member(theirs.id(), true)), "/rule", "segment");
            refused(text, documents.document(new Rule.Member(ours.id(), true)), "/rule", "circle");
            refused(text, good + "x", "This is no JSON");
            refused(text, " ".repeat(RuleLimits.DOCUMENT + 1), "too long");
            assertThat(rules()).containsExactly(CITY);
        });
    }

    private void refused(TextArea text, String document, String... said) {
        text.setValue(document);
        test(button("Use this rule")).click();
        assertThat(text.isInvalid()).isTrue();
        assertThat(find(DocumentDialog.class).single().getElement().getTextRecursively())
                .contains(said)
                .doesNotContain("Theirs");
    }

    @Test
    void aSegmentOfAnotherBusinessIsNotThereAndWhoMayOnlyReadCannotSave() {
        SegmentRef theirs = TestTenants.asOwner(globex, () -> segments.create("Theirs", CITY));
        SegmentRef ours = TestTenants.asOwner(acme, () -> segments.create("Ours", CITY));
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate("segments/" + theirs.id());
            assertThat(words()).contains("This segment is not here").doesNotContain("Theirs");
        });
        TestTenants.as(acme, Role.SUPPORT, () -> {
            navigate(SegmentsView.class); // or the page that is there stays, made for somebody else
            UI.getCurrent().navigate("segments/" + ours.id());
            assertThat(find(Button.class).all())
                    .filteredOn(Component::isVisible)
                    .extracting(Button::getText)
                    .doesNotContain("Save segment", "Undo", "Add condition", "Add group");
            assertThat(words()).contains("Your role lets you look at segments, not change them.");
            test(button("JSON")).click();
            assertThat(find(TextArea.class).single().isReadOnly()).isTrue();
            assertThat(find(Button.class).all()).extracting(Button::getText).doesNotContain("Use this rule");
            find(DocumentDialog.class).single().close();
            UI.getCurrent().navigate("segments/new");
            assertThat(words()).contains("Your role cannot make segments", "An owner or an admin can make new ones");
        });
    }

    private List<Rule> rules() {
        return find(GroupEditor.class).all().getFirst().rule().rules();
    }

    private void menu(ConditionRow row, String item) {
        PartMenu menu = row.getChildren()
                .filter(PartMenu.class::isInstance)
                .map(PartMenu.class::cast)
                .findFirst()
                .orElseThrow();
        var root = menu.getItems().getFirst();
        var wanted = root.getSubMenu().getItems().stream()
                .filter(i -> i.getText().equals(item))
                .findFirst()
                .orElseThrow();
        ComponentUtil.fireEvent(wanted, new ClickEvent<>(wanted));
    }

    private String words() {
        return UI.getCurrent().getInternals().getActiveRouterTargetsChain().getFirst() instanceof Component page
                ? page.getElement().getTextRecursively()
                : "";
    }

    private Button button(String words) {
        return find(Button.class).all().stream()
                .filter(b -> b.isVisible() && b.getText().equals(words))
                .findFirst()
                .orElseThrow();
    }
}
