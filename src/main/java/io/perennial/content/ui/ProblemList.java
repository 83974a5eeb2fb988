package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.content.TemplateProblem;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.util.List;
import java.util.function.Consumer;

/** What is wrong, each with a jump to its place. */
class ProblemList extends Div {

    private final Div summary = new Div();
    private final UnorderedList list = new UnorderedList();
    private final Consumer<TemplateProblem> jump;

    ProblemList(Consumer<TemplateProblem> jump) {
        this.jump = jump;
        addClassName("problem-list");
        summary.getElement().setAttribute("role", "status");
        add(summary, list);
    }

    void show(List<TemplateProblem> problems) {
        long blocking = problems.stream().filter(TemplateProblem::blocking).count();
        long hints = problems.size() - blocking;
        summary.removeAll();
        summary.add(
                problems.isEmpty()
                        ? new StatusBadge(t("content.problems_none"), Tone.GOOD)
                        : new StatusBadge(
                                blocking > 0
                                        ? t("content.problems_blocking", blocking, hints)
                                        : t("content.problems_hints", hints),
                                blocking > 0 ? Tone.BAD : Tone.ATTENTION));
        list.removeAll();
        problems.forEach(problem -> list.add(item(problem)));
    }

    private ListItem item(TemplateProblem problem) {
        String part = t("content.part." + problem.part());
        String place = problem.line() > 0 && problem.part() != TemplateProblem.Part.SUBJECT
                ? part + ", " + t("content.problem_at", problem.line())
                : part;
        Button go = new Button(place, event -> jump.accept(problem));
        go.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        StatusBadge badge = problem.blocking()
                ? new StatusBadge(t("content.blocking"), Tone.BAD)
                : new StatusBadge(t("content.hint"), Tone.ATTENTION);
        Span words = new Span(problem.message());
        words.addClassName("problem-words");
        return new ListItem(badge, go, words);
    }
}
