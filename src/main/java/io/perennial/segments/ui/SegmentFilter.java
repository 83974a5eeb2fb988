package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;

/** Those in use, or those put away; each an address of its own. */
final class SegmentFilter {

    private SegmentFilter() {}

    static Nav of(boolean archive, int archived) {
        Nav nav = new Nav(
                chip("segments", t("segments.show_active"), !archive),
                chip(
                        "segments?" + SegmentsView.SHOW + "=" + SegmentsView.ARCHIVED,
                        t("segments.show_archived", archived),
                        archive));
        nav.addClassName("filter-chips");
        nav.getElement().setAttribute("aria-label", t("segments.show"));
        return nav;
    }

    private static Anchor chip(String href, String words, boolean current) {
        Anchor chip = new Anchor(href);
        chip.add(new Span(words));
        chip.setRouterIgnore(false);
        chip.addClassName("filter-chip");
        if (current) {
            chip.getElement().setAttribute("aria-current", "page");
        }
        return chip;
    }
}
