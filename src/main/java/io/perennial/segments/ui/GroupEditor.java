package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.RuleLimits;
import io.perennial.segments.RuleProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of conditions and further groups: "All of these hold: ...". */
class GroupEditor extends Div implements RulePart {

    private final BuilderContext context;
    private final Runnable changed;
    private final int depth;
    private final Select<Match> match = new Select<>();
    private final Div parts = new Div();
    private final Div note = new Div();
    private final Button another;

    /**
     * @param deeds what can be done with it as a whole; null for the outermost
     */
    GroupEditor(BuilderContext context, Group group, int depth, Runnable changed, PartMenu.@Nullable Deeds deeds) {
        this.context = context;
        this.changed = changed;
        this.depth = depth;
        addClassName("rule-group");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", t("segments.group_label"));
        parts.addClassName("rule-parts");
        note.addClassName("rule-note");
        another = new Button(t("segments.add_condition"), VaadinIcon.PLUS.create(), e -> append(ConditionRow.blank()));
        add(head(group, deeds), parts, note, buttons());
        group.rules().forEach(rule -> parts.add(part(rule)));
        joinWords();
        describe();
    }

    @Override
    public Group rule() {
        return new Group(
                match.getValue(),
                parts.getChildren().map(c -> ((RulePart) c).rule()).toList());
    }

    @Override
    public void show(List<RuleProblem> problems, String path, boolean all) {
        List<Component> children = parts.getChildren().toList();
        for (int i = 0; i < children.size(); i++) {
            ((RulePart) children.get(i)).show(problems, path + "/" + i, all);
        }
        String own = path.isEmpty() ? "/" : path;
        String words = problems.stream()
                .filter(p -> p.path().equals(own))
                .map(RuleProblem::message)
                .findFirst()
                .orElse("");
        note.setClassName("rule-problem", !words.isEmpty());
        if (words.isEmpty()) {
            describe();
        } else {
            note.setText(words);
            note.setVisible(true);
        }
    }

    private Component head(Group group, PartMenu.@Nullable Deeds deeds) {
        match.setAriaLabel(t("segments.group_label"));
        match.setItems(Match.values());
        match.setItemLabelGenerator(m -> t("segments.group." + m));
        match.setValue(group.match());
        match.addClassName("rule-match");
        match.addValueChangeListener(e -> {
            joinWords();
            changed.run();
        });
        Div head = new Div(match, new Span(t("segments.group_words")));
        head.addClassName("rule-group-head");
        if (deeds != null) {
            head.add(new PartMenu(this, deeds, true));
        }
        return head;
    }

    private Component buttons() {
        Div buttons = new Div(another);
        buttons.addClassName("rule-buttons");
        if (depth < RuleLimits.DEPTH) {
            Button group = new Button(
                    t("segments.add_group"),
                    VaadinIcon.FILE_TREE.create(),
                    e -> append(new Group(Match.ANY, List.of(ConditionRow.blank()))));
            group.addThemeVariants(ButtonVariant.TERTIARY);
            buttons.add(group);
        }
        return buttons;
    }

    private void append(Rule rule) {
        Component part = part(rule);
        parts.add(part);
        partsChanged();
        // Of a new group one fills in its first condition; how they are joined is said already.
        (part instanceof GroupEditor group ? group.first() : (RulePart) part).focus();
    }

    private RulePart first() {
        return parts.getChildren().findFirst().map(RulePart.class::cast).orElse(this);
    }

    @Override
    public void focus() {
        match.focus();
    }

    private void partsChanged() {
        joinWords();
        changed.run();
    }

    private Component part(Rule rule) {
        OfPart deeds = new OfPart();
        Component part = rule instanceof Group group
                ? new GroupEditor(context, group, depth + 1, changed, deeds)
                : new ConditionRow(context, rule, changed, deeds);
        deeds.part = part;
        return part;
    }

    /** What is done with one of its parts. */
    private final class OfPart implements PartMenu.Deeds {

        private @Nullable Component part;

        @Override
        public void remove() {
            if (part != null) {
                int place = parts.indexOf(part);
                parts.remove(part);
                partsChanged();
                focusNear(place);
            }
        }

        @Override
        public void duplicate() {
            if (part != null) {
                Component copy = part(((RulePart) part).rule());
                parts.addComponentAtIndex(parts.indexOf(part) + 1, copy);
                partsChanged();
                ((RulePart) copy).focus();
            }
        }

        @Override
        public void move(int steps) {
            int to = part == null ? -1 : parts.indexOf(part) + steps;
            if (part != null && to >= 0 && to < parts.getComponentCount()) {
                parts.remove(part);
                parts.addComponentAtIndex(to, part);
                partsChanged();
                ((RulePart) part).focus();
            }
        }
    }

    @Override
    public boolean focusProblem() {
        if (parts.getChildren().anyMatch(part -> ((RulePart) part).focusProblem())) {
            return true;
        }
        boolean own = note.hasClassName("rule-problem");
        if (own) {
            another.focus();
        }
        return own;
    }

    /** Where something was taken away, what came after it has its place; the keyboard stays there. */
    private void focusNear(int place) {
        int last = parts.getComponentCount() - 1;
        if (last < 0) {
            another.focus();
        } else {
            ((RulePart) parts.getComponentAt(Math.min(place, last))).focus();
        }
    }

    /** Between the conditions stands how they are joined, so that one reads a sentence. */
    private void joinWords() {
        String words = t(match.getValue() == Match.ALL ? "segments.words.and" : "segments.words.or");
        parts.getElement().getStyle().set("--rule-join", "\"" + words.replace("\"", "") + "\"");
    }

    private void describe() {
        boolean everybody = depth == 0 && parts.getComponentCount() == 0;
        note.setText(everybody ? t("segments.group_empty_root") : "");
        note.setVisible(everybody);
    }
}
