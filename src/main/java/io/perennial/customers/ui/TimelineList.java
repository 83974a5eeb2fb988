package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.perennial.customers.CustomerTimeline;
import io.perennial.customers.TimelineEntry;
import io.perennial.kernel.CustomerId;
import io.perennial.uikit.Formats;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Everything that happened, the latest first, a page at a time. */
class TimelineList extends Div {

    private static final int PAGE = 20;

    private final transient CustomerTimeline timeline;
    private final CustomerId customer;
    private final ZoneId zone;
    private final OrderedList entries = new OrderedList();
    private final Button more = new Button(t("customers.timeline.earlier"), e -> loadEarlier());
    private Instant before = Instant.now().plusSeconds(86_400);

    TimelineList(CustomerTimeline timeline, CustomerId customer, ZoneId zone) {
        this.timeline = timeline;
        this.customer = customer;
        this.zone = zone;
        entries.addClassName("timeline");
        more.addThemeVariants(ButtonVariant.TERTIARY);
        add(entries, more);
        load();
    }

    /** Reading goes on at the first entry that came, by keyboard too. */
    private void loadEarlier() {
        int before = entries.getComponentCount();
        load();
        if (entries.getComponentCount() > before) {
            entries.getComponentAt(before)
                    .getElement()
                    .setAttribute("tabindex", "-1")
                    .callJsFunction("focus");
        }
    }

    private void load() {
        List<TimelineEntry> page = timeline.before(customer, before, PAGE);
        page.forEach(entry -> entries.add(item(entry)));
        if (!page.isEmpty()) {
            before = page.getLast().at();
        } else if (entries.getChildren().findAny().isEmpty()) {
            add(new Paragraph(t("customers.timeline.empty")));
        }
        more.setVisible(page.size() >= PAGE);
    }

    private ListItem item(TimelineEntry entry) {
        Icon icon = icon(entry.kind()).create();
        icon.getElement().setAttribute("aria-hidden", "true");
        Component title = entry.link() == null ? new Span(entry.title()) : new Anchor(entry.link(), entry.title());
        Span at = new Span(Formats.relative(entry.at()));
        at.addClassName("timeline-time");
        at.setTitle(Formats.dateTime(entry.at(), zone));
        Div words = new Div(new Div(title, at));
        if (entry.detail() != null) {
            Div detail = new Div(entry.detail());
            detail.addClassName("timeline-detail");
            words.add(detail);
        }
        return new ListItem(icon, words);
    }

    private static VaadinIcon icon(String kind) {
        return switch (kind) {
            case "order" -> VaadinIcon.CART;
            case "refund" -> VaadinIcon.ARROW_BACKWARD;
            case "consent" -> VaadinIcon.CHECK_SQUARE_O;
            case "mail" -> VaadinIcon.ENVELOPE_O;
            case "click" -> VaadinIcon.POINTER;
            case "open" -> VaadinIcon.ENVELOPE_OPEN_O;
            case "bounce" -> VaadinIcon.WARNING;
            case "voucher" -> VaadinIcon.TICKET;
            case "import" -> VaadinIcon.DOWNLOAD_ALT;
            default -> VaadinIcon.CIRCLE_THIN;
        };
    }
}
