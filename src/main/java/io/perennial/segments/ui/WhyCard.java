package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.perennial.customers.Customer;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.WhyPart;

/** Why a customer is in a segment, or not: each condition with a tick or a cross, in the groups of the rule. */
class WhyCard extends Div {

    /**
     * @param kept whether the customer is kept in the segment; a change of the last seconds may differ
     */
    WhyCard(Customer customer, WhyPart why, boolean kept) {
        addClassNames("card", "why-card");
        String name = customer.displayName();
        add(new H2(t(why.holds() ? "segments.why.in" : "segments.why.out", name)));
        if (why.holds() != kept) {
            add(new Paragraph(t("segments.why.soon")));
        }
        if (why.parts().isEmpty() && why.match() != null) {
            add(new Paragraph(t("segments.why.everybody")));
        } else {
            add(part(why));
        }
        Anchor profile = new Anchor("customers/" + customer.id(), t("segments.why.profile", name));
        profile.setRouterIgnore(false);
        add(profile);
    }

    private static Component part(WhyPart part) {
        Match match = part.match();
        if (match == null) {
            UnorderedList alone = new UnorderedList(item(part));
            alone.addClassName("why-list");
            return alone;
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("why-list");
        part.parts().forEach(inner -> list.add(item(inner)));
        Paragraph words = new Paragraph(t("segments.why.group." + match, t("segments.group_words")));
        words.addClassName("why-group");
        return new Div(words, list);
    }

    private static ListItem item(WhyPart part) {
        Span mark = mark(part.holds());
        if (part.match() != null) {
            return new ListItem(mark, part(part));
        }
        Span words = new Span(part.words());
        words.addClassName("why-words");
        Div text = new Div(words);
        if (!part.value().isEmpty()) {
            Span own = new Span(t("segments.why.value", part.value()));
            own.addClassName("why-value");
            text.add(own);
        }
        return new ListItem(mark, text);
    }

    private static Span mark(boolean holds) {
        Icon icon = (holds ? VaadinIcon.CHECK : VaadinIcon.CLOSE_SMALL).create();
        icon.getElement().setAttribute("aria-hidden", "true");
        Span mark = new Span(icon);
        Span words = new Span(t(holds ? "segments.why.holds" : "segments.why.fails"));
        words.addClassName("visually-hidden");
        mark.add(words);
        mark.addClassNames("why-mark", holds ? "tone-good" : "tone-bad");
        return mark;
    }
}
