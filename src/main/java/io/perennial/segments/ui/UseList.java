package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.segments.UsedBy;
import java.util.List;

/** What uses a segment, each a link. */
class UseList extends UnorderedList {

    UseList(List<UsedBy> uses) {
        addClassName("use-list");
        uses.forEach(use -> {
            Anchor link = new Anchor(use.href(), capital(use.words()));
            link.setRouterIgnore(false);
            add(new ListItem(link));
        });
        getElement().setAttribute("aria-label", t("segments.used_by"));
    }

    private static String capital(String words) {
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toUpperCase(io.perennial.uikit.Texts.locale()) + words.substring(1);
    }
}
