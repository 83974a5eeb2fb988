package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.kernel.CustomerId;
import io.perennial.segments.ListRefused;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentMember;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Who is in a segment; people are put on a list and taken off it here. */
class MembersSection extends Div {

    private final transient SegmentServices services;
    private final transient SegmentDetails segment;
    private final ZoneId zone;
    private final Runnable changed;
    private final boolean editable;

    /**
     * @param changed told when somebody was put on the list or taken off it
     */
    MembersSection(SegmentServices services, SegmentDetails segment, ZoneId zone, Runnable changed) {
        this.services = services;
        this.segment = segment;
        this.zone = Reader.zone(zone);
        this.changed = changed;
        this.editable = segment.list() && !segment.isArchived() && CurrentStaff.may(Permission.SEGMENT_WRITE);
        addClassName("people-section");
        add(SegmentPages.sectionTitle(t(segment.list() ? "segments.list.members" : "segments.members.title")));
        if (editable) {
            CustomerPicker picker = new CustomerPicker(t("segments.list.put"), services.customerList(), this::put);
            picker.setHelperText(t("segments.list.put_help"));
            add(picker);
        }
        add(new PagedList<>(
                (offset, limit) -> services.membership().members(segment.id(), offset, limit),
                this::row,
                t(segment.list() ? "segments.list.nobody" : "segments.members.none")));
    }

    private Component[] row(SegmentMember member) {
        String name = member.name().isEmpty() ? t("segments.sample_noname") : member.name();
        String detail = Stream.of(member.email(), member.city())
                .filter(part -> part != null && !part.isBlank() && !part.equals(member.name()))
                .reduce((a, b) -> a + " · " + b)
                .orElse("");
        Span details = new Span(detail);
        details.addClassName("people-detail");
        Anchor profile = new Anchor("customers/" + member.customer(), name);
        profile.setRouterIgnore(false);
        Span since = new Span(t("segments.members.since", Formats.relative(member.enteredAt())));
        since.getElement().setAttribute("title", Formats.dateTime(member.enteredAt(), zone));
        since.addClassNames("people-at", "numeric");
        return new Component[] {new Div(profile, details), deed(member, name), since};
    }

    private Component deed(SegmentMember member, String name) {
        if (editable) {
            Button off = new Button(t("segments.list.take_off"), e -> takeOff(member.customer(), name));
            off.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            off.setAriaLabel(t("segments.list.take_off_of", name));
            return off;
        }
        Anchor why = new Anchor(
                SegmentPages.people(segment.id()) + "?customer=" + member.customer(), t("segments.members.why"));
        why.setRouterIgnore(false);
        why.setAriaLabel(t("segments.members.why_of", name));
        return why;
    }

    private void put(CustomerId customer) {
        try {
            String name = services.customers().require(customer).displayName();
            boolean came = services.lists().add(segment.id(), List.of(customer)) > 0;
            changed.run();
            if (came) {
                Toasts.success(t("segments.list.put_on", name), t("segments.undo_archive"), () -> {
                    services.lists().remove(segment.id(), List.of(customer));
                    changed.run();
                });
            } else {
                Toasts.success(t("segments.list.there_already", name));
            }
        } catch (ListRefused refused) {
            Toasts.error(refused.words());
        }
    }

    private void takeOff(CustomerId customer, String name) {
        try {
            services.lists().remove(segment.id(), List.of(customer));
            changed.run();
            Toasts.success(t("segments.list.taken_off", name), t("segments.undo_archive"), () -> {
                services.lists().add(segment.id(), List.of(customer));
                changed.run();
            });
        } catch (ListRefused refused) {
            Toasts.error(refused.words());
        }
    }
}
