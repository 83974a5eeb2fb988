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
import io.perennial.segments.RuleProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of conditions and further groups: "All of these hold: ...". */
class GroupEditor extends Div implements RulePart {

    /** Deeper groups are allowed in rules, but nobody reads them. */
    private static final int DEEPEST_OFFERED = 3;

    private final BuilderContext context;
    private final Runnable changed;
    private final int depth;
    private final Select<Match> match = new Select<>();
    private final Div parts = new Div();
    private final Div note = new Div();

    /**
     * @param remove takes the group away; null for the outermost
     */
    GroupEditor(BuilderContext context, Group group, int depth, Runnable changed, @Nullable Runnable remove) {
        this.context = context;
        this.changed = changed;
        this.depth = depth;
        addClassName("rule-group");
        getElement().setAttribute("role", "group");
        parts.addClassName("rule-parts");
        note.addClassName("rule-note");
        add(head(group, remove), parts, note, buttons());
        group.rules().forEach(this::append);
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

    private Component head(Group group, @Nullable Runnable remove) {
        match.setAriaLabel(t("segments.group_label"));
        match.setItems(Match.values());
        match.setItemLabelGenerator(m -> t("segments.group." + m));
        match.setValue(group.match());
        match.addClassName("rule-match");
        match.addValueChangeListener(e -> changed.run());
        Div head = new Div(match, new Span(t("segments.group_words")));
        head.addClassName("rule-group-head");
        if (remove != null) {
            Button removal = new Button(VaadinIcon.CLOSE_SMALL.create(), e -> remove.run());
            removal.addThemeVariants(ButtonVariant.TERTIARY);
            removal.setAriaLabel(t("segments.remove_group"));
            removal.setTooltipText(t("segments.remove_group"));
            removal.addClassName("rule-remove");
            head.add(removal);
        }
        return head;
    }

    private Component buttons() {
        Button condition = new Button(t("segments.add_condition"), VaadinIcon.PLUS.create(), e -> {
            if (append(ConditionRow.blank()) instanceof ConditionRow row) {
                row.focus();
            }
            changed.run();
        });
        Div buttons = new Div(condition);
        buttons.addClassName("rule-buttons");
        if (depth < DEEPEST_OFFERED) {
            Button group = new Button(t("segments.add_group"), VaadinIcon.FILE_TREE.create(), e -> {
                append(new Group(Match.ANY, List.of(ConditionRow.blank())));
                changed.run();
            });
            group.addThemeVariants(ButtonVariant.TERTIARY);
            buttons.add(group);
        }
        return buttons;
    }

    private Component append(Rule rule) {
        Component[] part = new Component[1];
        Runnable remove = () -> {
            parts.remove(part[0]);
            changed.run();
        };
        part[0] = rule instanceof Group group
                ? new GroupEditor(context, group, depth + 1, changed, remove)
                : new ConditionRow(context, rule, changed, remove);
        parts.add(part[0]);
        return part[0];
    }

    private void describe() {
        boolean everybody = depth == 0 && parts.getComponentCount() == 0;
        note.setText(everybody ? t("segments.group_empty_root") : "");
        note.setVisible(everybody);
    }
}
