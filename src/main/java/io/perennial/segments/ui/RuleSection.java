package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.RuleChoices;
import io.perennial.segments.RuleProblem;
import io.perennial.segments.Rules;
import io.perennial.segments.SegmentId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A segment's rule with what edits it; who may not change it reads it in words. */
class RuleSection extends Div {

    private final transient Rules rules;
    private final transient RuleChoices choices;
    private final String currency;
    private final boolean mayWrite;
    private final transient Consumer<List<RuleProblem>> changed;
    private final RuleHistory history = new RuleHistory();
    private final Button undo = new Button(t("segments.undo"), VaadinIcon.ROTATE_LEFT.create(), e -> undo());
    private final Div builder = new Div();
    private @Nullable GroupEditor editor;
    private @Nullable SegmentId self;

    /**
     * @param changed told after each change what is wrong in the rule now
     */
    RuleSection(
            Rules rules, RuleChoices choices, String currency, boolean mayWrite, Consumer<List<RuleProblem>> changed) {
        this.rules = rules;
        this.choices = choices;
        this.currency = currency;
        this.mayWrite = mayWrite;
        this.changed = changed;
        addClassName("rule-section");
        H2 title = new H2(t("segments.who"));
        title.addClassName("section-title");
        Button document = new Button(t("segments.document.open"), VaadinIcon.CODE.create(), e -> document());
        document.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        undo.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        undo.setVisible(mayWrite);
        Div tools = new Div(undo, document);
        tools.addClassName("rule-tools");
        Div head = new Div(title, tools);
        head.addClassName("rule-title");
        add(head, builder);
    }

    /** Begins with a rule, from where on changes can be taken back. */
    void begin(Rule rule) {
        edit(rule);
        history.begin(rule());
        undo.setEnabled(false);
    }

    /** Whose rule it is, once there is a segment: it may not refer to itself. */
    void isOf(SegmentId segment) {
        self = segment;
    }

    /** As it is edited now. */
    Rule rule() {
        return editor == null ? Rule.everybody() : editor.rule();
    }

    /** The first look: of a rule that was saved all that is wrong now is said, of a new one nothing yet. */
    void lookFirst() {
        look(self != null);
    }

    /** Checks the rule and tells who listens. */
    void look() {
        look(false);
    }

    private void look(boolean all) {
        history.now(rule());
        undo.setEnabled(history.canGoBack());
        List<RuleProblem> problems = rules.check(rule(), self);
        show(problems, all);
        changed.accept(problems);
    }

    /**
     * Whether nothing is wrong in the rule; else each problem is shown, also where nobody has typed yet, and the keyboard
     * is at the first.
     */
    boolean isFine() {
        List<RuleProblem> problems = rules.check(rule(), self);
        if (!problems.isEmpty()) {
            show(problems, true);
            if (editor != null) {
                editor.focusProblem();
            }
        }
        return problems.isEmpty();
    }

    private void show(List<RuleProblem> problems, boolean all) {
        if (editor != null) {
            editor.show(problems, "", all);
        }
    }

    private void edit(Rule rule) {
        Group group = rule instanceof Group g ? g : new Group(Match.ALL, List.of(rule));
        editor = new GroupEditor(BuilderContext.of(choices, currency, self), group, 0, this::look, null);
        builder.removeAll();
        if (mayWrite) {
            builder.add(editor);
        } else {
            inWords(rule);
        }
    }

    /** Fields that take what is never saved would only mislead. */
    private void inWords(Rule rule) {
        Paragraph words = new Paragraph(rules.sentence(rule));
        words.addClassName("rule-words");
        Paragraph why = new Paragraph(t("segments.read_only"));
        why.addClassName("rule-only-read");
        builder.add(words, why);
    }

    private void undo() {
        history.back().ifPresent(this::replace);
    }

    private void document() {
        new DocumentDialog(rules, rule(), self, mayWrite ? this::replace : null).open();
    }

    private void replace(Rule rule) {
        edit(rule);
        look();
    }
}
