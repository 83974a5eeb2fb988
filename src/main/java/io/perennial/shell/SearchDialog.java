package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.uikit.SearchHit;
import java.util.ArrayList;
import java.util.List;

/**
 * The search over everything: type, choose with the arrow keys, open with Enter. To a screen reader it is a combo box:
 * the focus stays in the field, which names the line that is chosen.
 */
class SearchDialog extends Dialog {

    private static final String LIST = "search-results";
    private static final int PAUSE_MILLIS = 150;

    private final transient ConsoleSearch search;
    private final TextField field = new TextField();
    private final Div results = new Div();
    private final Div nothing = new Div();
    private final Span status = new Span();
    private final List<Anchor> lines = new ArrayList<>();
    private int chosen;

    SearchDialog(ConsoleSearch search) {
        this.search = search;
        addClassName("search-dialog");
        setAriaLabel(t("shell.search"));
        field.setPlaceholder(t("shell.search_what"));
        field.setAriaLabel(t("shell.search_what"));
        field.setPrefixComponent(Icons.of("search"));
        field.setClearButtonVisible(true);
        field.setMaxLength(100);
        field.setAutofocus(true);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(PAUSE_MILLIS);
        field.addClassName("search-field");
        field.addValueChangeListener(e -> show());
        field.getElement()
                .executeJs("for (const [name, value] of Object.entries({role: 'combobox', "
                        + "'aria-expanded': 'true', 'aria-autocomplete': 'list', 'aria-controls': '" + LIST + "', "
                        + "autocomplete: 'off'})) this.inputElement.setAttribute(name, value)");
        results.setId(LIST);
        results.addClassName("search-results");
        results.getElement().setAttribute("role", "listbox");
        results.getElement().setAttribute("aria-label", t("shell.search_results"));
        status.addClassName("search-status");
        status.getElement().setAttribute("role", "status");
        Div foot = new Div(status, keys());
        foot.addClassName("search-foot");
        nothing.addClassName("search-nothing");
        add(field, results, nothing, foot);
        Shortcuts.addShortcutListener(field, () -> choose(chosen + 1), Key.ARROW_DOWN)
                .listenOn(field);
        Shortcuts.addShortcutListener(field, () -> choose(chosen - 1), Key.ARROW_UP)
                .listenOn(field);
        Shortcuts.addShortcutListener(field, this::openChosen, Key.ENTER).listenOn(field);
        addOpenedChangeListener(e -> {
            if (e.isOpened()) {
                field.focus();
            }
        });
        show();
    }

    /** What stands in the list, for tests and for the keyboard: the lines in their order. */
    List<Anchor> lines() {
        return List.copyOf(lines);
    }

    private static Span keys() {
        Span keys = new Span(t("shell.search_keys"));
        keys.addClassName("search-keys");
        return keys;
    }

    private void show() {
        ConsoleSearch.Answer answer = search.find(field.getValue());
        results.removeAll();
        lines.clear();
        for (ConsoleSearch.Group group : answer.groups()) {
            results.add(group(group));
        }
        results.setVisible(!lines.isEmpty());
        nothing.setVisible(lines.isEmpty());
        nothing.setText(t("shell.search_nothing", field.getValue().strip()));
        String found = t("shell.search_found", lines.size());
        status.setText(answer.failures() == 0 ? found : found + " " + t("shell.search_partial", answer.failures()));
        chosen = 0;
        choose(0);
    }

    private Div group(ConsoleSearch.Group group) {
        Span heading = new Span(group.heading());
        heading.addClassName("search-heading");
        heading.getElement().setAttribute("aria-hidden", "true");
        Div box = new Div(heading);
        box.addClassName("search-group");
        box.getElement().setAttribute("role", "group");
        box.getElement().setAttribute("aria-label", group.heading());
        group.hits().forEach(hit -> box.add(line(hit)));
        return box;
    }

    private Anchor line(SearchHit hit) {
        Span name = new Span(hit.name());
        name.addClassName("search-name");
        Span note = new Span(hit.note());
        note.addClassName("search-note");
        Anchor line = new Anchor(hit.href(), Icons.ofPage(hit.href(), null), name, note);
        line.setId("search-line-" + lines.size());
        line.addClassName("search-line");
        line.setTabIndex(-1);
        line.getElement().setAttribute("role", "option");
        line.getElement().addEventListener("click", e -> close());
        lines.add(line);
        return line;
    }

    /** Chooses a line; past the last comes the first. */
    private void choose(int wanted) {
        if (lines.isEmpty()) {
            field.getElement().executeJs("this.inputElement.removeAttribute('aria-activedescendant')");
            return;
        }
        mark(lines.get(Math.min(chosen, lines.size() - 1)), false);
        chosen = Math.floorMod(wanted, lines.size());
        Anchor line = lines.get(chosen);
        mark(line, true);
        line.getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
        field.getElement()
                .executeJs(
                        "this.inputElement.setAttribute('aria-activedescendant', $0)",
                        line.getId().orElseThrow());
    }

    private static void mark(Anchor line, boolean isChosen) {
        line.setClassName("chosen", isChosen);
        line.getElement().setAttribute("aria-selected", Boolean.toString(isChosen));
    }

    private void openChosen() {
        if (lines.isEmpty()) {
            return;
        }
        String href = lines.get(chosen).getHref();
        close();
        int query = href.indexOf('?');
        if (query < 0) {
            UI.getCurrent().navigate(href);
        } else {
            UI.getCurrent().navigate(href.substring(0, query), QueryParameters.fromString(href.substring(query + 1)));
        }
    }
}
