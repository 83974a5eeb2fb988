package io.perennial.customers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.customers.ProfileContribution;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Card;
import java.util.Comparator;
import java.util.List;

/** The cards that other features put on a customer's profile. */
final class ProfileParts {

    private ProfileParts() {}

    static List<Component> of(CustomerId customer, List<ProfileContribution> contributions) {
        return contributions.stream()
                .sorted(Comparator.comparingInt(ProfileContribution::order))
                .flatMap(contribution -> contribution.partOf(customer).stream())
                .<Component>map(part -> Card.titled(part.title(), content(part)))
                .toList();
    }

    private static Component content(ProfileContribution.Part part) {
        if (part.lines().isEmpty()) {
            return new Paragraph(part.empty());
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("profile-lines");
        part.lines().forEach(line -> {
            Anchor link = new Anchor(line.href(), line.text());
            link.setRouterIgnore(false);
            Span note = new Span(line.note());
            note.addClassName("profile-line-note");
            list.add(new ListItem(link, note));
        });
        return list;
    }
}
