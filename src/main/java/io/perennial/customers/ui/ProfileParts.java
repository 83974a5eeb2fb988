package io.perennial.customers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.customers.ProfileContribution;
import io.perennial.customers.ProfileContribution.Adding;
import io.perennial.customers.ProfileContribution.Deed;
import io.perennial.customers.ProfileContribution.Line;
import io.perennial.customers.ProfileContribution.Part;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Card;
import java.util.Comparator;
import java.util.List;

/** The cards that other features put on a customer's profile. */
final class ProfileParts {

    private final Runnable again;

    private ProfileParts(Runnable again) {
        this.again = again;
    }

    /**
     * @param again shows the profile anew
     */
    static List<Component> of(CustomerId customer, List<ProfileContribution> contributions, Runnable again) {
        ProfileParts parts = new ProfileParts(again);
        return contributions.stream()
                .sorted(Comparator.comparingInt(ProfileContribution::order))
                .flatMap(contribution -> contribution.partOf(customer).stream())
                .<Component>map(parts::card)
                .toList();
    }

    private Card card(Part part) {
        Card card = Card.titled(part.title(), part.lines().isEmpty() ? new Paragraph(part.empty()) : lines(part));
        Adding adding = part.adding();
        if (adding != null && !adding.choices().isEmpty()) {
            card.add(chooser(adding));
        }
        return card;
    }

    private UnorderedList lines(Part part) {
        UnorderedList list = new UnorderedList();
        list.addClassName("profile-lines");
        part.lines().forEach(line -> list.add(item(line)));
        return list;
    }

    private ListItem item(Line line) {
        Anchor link = new Anchor(line.href(), line.text());
        link.setRouterIgnore(false);
        Span note = new Span(line.note());
        note.addClassName("profile-line-note");
        Div words = new Div(link, note);
        ListItem item = new ListItem(words);
        Deed removing = line.removing();
        if (removing != null) {
            Button button = new Button(removing.words(), e -> run(removing));
            button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            button.setAriaLabel(removing.name());
            item.add(button);
        }
        return item;
    }

    private ComboBox<Deed> chooser(Adding adding) {
        ComboBox<Deed> box = new ComboBox<>(adding.label(), adding.choices());
        box.setItemLabelGenerator(Deed::name);
        box.addClassName("profile-adding");
        box.addValueChangeListener(e -> {
            if (e.getValue() != null) {
                run(e.getValue());
            }
        });
        return box;
    }

    private void run(Deed deed) {
        deed.run().run();
        again.run();
    }
}
