package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import java.util.function.Function;

/** A list that shows a page, and another when asked. */
class PagedList<T> extends Div {

    private static final int PAGE = 25;

    /** Reads a page; asked for one more than is shown, to know whether there are more. */
    interface Source<T> {
        List<T> page(long offset, int limit);
    }

    private final UnorderedList list = new UnorderedList();
    private final Button more = new Button(t("segments.show_more"), e -> load());
    private final Paragraph empty = new Paragraph();
    private final Source<T> source;
    private final Function<T, Component[]> row;
    private long shown;

    PagedList(Source<T> source, Function<T, Component[]> row, String nothing) {
        this.source = source;
        this.row = row;
        list.addClassName("people-list");
        empty.setText(nothing);
        add(list, empty, more);
        load();
    }

    private void load() {
        List<T> found = source.page(shown, PAGE + 1);
        found.stream().limit(PAGE).forEach(item -> list.add(new ListItem(row.apply(item))));
        shown += Math.min(PAGE, found.size());
        more.setVisible(found.size() > PAGE);
        empty.setVisible(shown == 0);
        list.setVisible(shown > 0);
    }
}
