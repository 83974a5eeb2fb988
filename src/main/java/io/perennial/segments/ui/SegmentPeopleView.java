package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.Customer;
import io.perennial.kernel.CustomerId;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.UsedBy;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Who is in a segment: how many and how that grew, who came and went and why, and why somebody is in it or not. Of a list
 * it is the first page, where people are put on it and taken off.
 */
@Route("segments/:segment([0-9]{1,18})/people")
@RolesAllowed(Permission.Names.SEGMENT_READ)
class SegmentPeopleView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final int HISTORY_DAYS = 90;

    private final transient SegmentServices services;
    private final ZoneId zone;
    private transient QueryParameters query = QueryParameters.empty();
    private String title = "";

    SegmentPeopleView(SegmentServices services) {
        this.services = services;
        this.zone = services.businesses().current().zone();
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        query = event.getLocation().getQueryParameters();
        show(new SegmentId(
                Long.parseLong(event.getRouteParameters().get("segment").orElse("0"))));
    }

    private void show(SegmentId id) {
        removeAll();
        try {
            show(services.segments().open(id));
        } catch (NoSuchElementException e) {
            title = t("segments.not_found_title");
            Button back =
                    new Button(t("segments.back"), click -> UI.getCurrent().navigate(SegmentsView.class));
            add(new EmptyState(VaadinIcon.GROUP, title, t("segments.not_found"), back));
        }
    }

    private void show(SegmentDetails segment) {
        title = segment.name();
        Anchor use = new Anchor(SegmentPages.campaign(segment.id()), t("segments.use"));
        use.addClassName("button-link");
        use.setVisible(!segment.isArchived() && CurrentStaff.may(Permission.CAMPAIGN_WRITE));
        PageHead head = new PageHead(
                title, services.rules().sentence(segment), new SegmentMenu(services, segment, false, () -> {}), use);
        SegmentPages.badges(segment).forEach(head::addBesideTitle);
        Runnable again = () -> show(segment.id());
        LocalDate today = LocalDate.now(zone);
        add(
                head,
                SegmentPages.links(segment, SegmentPages.people(segment.id())),
                new SizeTiles(services, segment, zone, again));
        boolean mayRead = CurrentStaff.may(Permission.CUSTOMER_READ);
        if (segment.list() && mayRead) {
            add(new MembersSection(services, segment, zone, again));
        }
        add(SizeHistory.card(services.membership().history(segment.id(), today.minusDays(HISTORY_DAYS)), today));
        if (mayRead) {
            add(why(segment.id()), new MovesSection(services.membership(), segment.id(), query, zone));
        }
        if (!segment.list() && mayRead) {
            add(new MembersSection(services, segment, zone, again));
        }
        List<UsedBy> uses = services.archive().usesOf(segment.id());
        if (!uses.isEmpty()) {
            Div section = new Div(SegmentPages.sectionTitle(t("segments.used_by")), new UseList(uses));
            section.addClassName("people-section");
            add(section);
        }
        if (!mayRead) {
            add(new Paragraph(t("segments.people.not_allowed")));
        }
    }

    private Component why(SegmentId segment) {
        CustomerPicker picker = new CustomerPicker(
                t("segments.why.pick"),
                services.customerList(),
                customer -> SegmentPages.go(segment, Map.of("customer", customer.toString()), query));
        Div section = new Div(SegmentPages.sectionTitle(t("segments.why.title")), picker);
        section.addClassName("people-section");
        query.getSingleParameter("customer")
                .filter(id -> id.matches("[0-9]{1,18}"))
                .map(id -> new CustomerId(Long.parseLong(id)))
                .flatMap(services.customers()::find)
                .ifPresent(customer -> section.add(explanation(segment, customer)));
        return section;
    }

    private Component explanation(SegmentId segment, Customer customer) {
        return new WhyCard(
                customer,
                services.membership().why(segment, customer.id()),
                services.membership().isMember(segment, customer.id()));
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
