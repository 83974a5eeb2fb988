package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.Customer;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerListItem;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.Customers;
import io.perennial.kernel.CustomerId;
import io.perennial.segments.Membership;
import io.perennial.segments.MoveCause;
import io.perennial.segments.MoveFilter;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentMember;
import io.perennial.segments.SegmentMove;
import io.perennial.segments.SegmentSize;
import io.perennial.segments.Segments;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is in a segment: how many and how that grew, who came and went and why, and why somebody is in it or not. */
@Route("segments/:segment([0-9]{1,18})/people")
@RolesAllowed(Permission.Names.SEGMENT_READ)
class SegmentPeopleView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final int HISTORY_DAYS = 90;

    /** The periods a person may look back over, in days. */
    private static final List<Integer> PERIODS = List.of(1, 7, 30, 90, 400);

    private final transient Segments segments;
    private final transient Membership membership;
    private final transient Customers customers;
    private final transient CustomerList list;
    private final transient Business business;
    private String title = "";

    SegmentPeopleView(
            Segments segments, Membership membership, Customers customers, CustomerList list, Businesses businesses) {
        this.segments = segments;
        this.membership = membership;
        this.customers = customers;
        this.list = list;
        this.business = businesses.current();
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        QueryParameters query = event.getLocation().getQueryParameters();
        try {
            SegmentId id = new SegmentId(
                    Long.parseLong(event.getRouteParameters().get("segment").orElse("0")));
            show(segments.open(id), query);
        } catch (NoSuchElementException e) {
            title = t("segments.not_found_title");
            Button back =
                    new Button(t("segments.back"), click -> UI.getCurrent().navigate(SegmentsView.class));
            add(new EmptyState(VaadinIcon.GROUP, title, t("segments.not_found"), back));
        }
    }

    private void show(SegmentDetails segment, QueryParameters query) {
        title = segment.name();
        Anchor use = new Anchor("campaigns/new?segment=" + segment.id(), t("segments.use"));
        use.addClassName("button-link");
        use.setVisible(CurrentStaff.may(Permission.CAMPAIGN_WRITE));
        LocalDate today = LocalDate.now(business.zone());
        add(
                new PageHead(title, segments.sentence(segment.rule()), use),
                SegmentPages.links(segment.id(), SegmentPages.people(segment.id())),
                tiles(membership.size(segment.id())),
                SizeHistory.card(membership.history(segment.id(), today.minusDays(HISTORY_DAYS)), today));
        if (!CurrentStaff.may(Permission.CUSTOMER_READ)) {
            add(new Paragraph(t("segments.people.not_allowed")));
            return;
        }
        add(why(segment.id(), query), moves(segment.id(), query, today), members(segment.id()));
    }

    private Component tiles(SegmentSize size) {
        Long day = size.sinceYesterday();
        Long week = size.sinceWeekAgo();
        MetricTile now = new MetricTile(
                t("segments.size.now"), Formats.number(size.members()), SizeWords.state(size, business.zone()));
        if (size.failure() != null) {
            now.withTone(Tone.BAD);
        }
        Div tiles = new Div(
                now,
                new MetricTile(
                        t("segments.size.yesterday"),
                        SizeWords.change(day),
                        day == null
                                ? t("segments.size.not_yet")
                                : t("segments.size.was", Formats.number(size.yesterday()))),
                new MetricTile(
                        t("segments.size.week"),
                        SizeWords.change(week),
                        week == null
                                ? t("segments.size.not_yet")
                                : t("segments.size.was", Formats.number(size.weekAgo()))));
        tiles.addClassName("metric-tiles");
        return tiles;
    }

    private Component why(SegmentId segment, QueryParameters query) {
        ComboBox<CustomerListItem> picker = new ComboBox<>(t("segments.why.pick"));
        picker.addClassName("why-picker");
        picker.setPlaceholder(t("segments.why.placeholder"));
        picker.setItemLabelGenerator(
                c -> c.email() == null || c.email().equals(c.name()) ? c.name() : c.name() + " · " + c.email());
        picker.setItems(q -> list.list(searched(q.getFilter().orElse("")), q.getOffset(), q.getLimit()).stream());
        picker.addValueChangeListener(e -> {
            if (e.getValue() != null) {
                go(segment, Map.of("customer", e.getValue().id().toString()), query);
            }
        });
        Div section = new Div(sectionTitle(t("segments.why.title")), picker);
        section.addClassName("people-section");
        query.getSingleParameter("customer")
                .filter(id -> id.matches("[0-9]{1,18}"))
                .map(id -> new CustomerId(Long.parseLong(id)))
                .flatMap(customers::find)
                .ifPresent(customer -> section.add(explanation(segment, customer)));
        return section;
    }

    private Component explanation(SegmentId segment, Customer customer) {
        return new WhyCard(
                customer, membership.why(segment, customer.id()), membership.isMember(segment, customer.id()));
    }

    private static CustomerQuery searched(String text) {
        return new CustomerQuery(text, null, null, null, null, null, null, CustomerQuery.Sort.LAST_ORDER, true);
    }

    private Component moves(SegmentId segment, QueryParameters query, LocalDate today) {
        MoveFilter which = query.getSingleParameter("moves")
                .flatMap(name -> Stream.of(MoveFilter.values())
                        .filter(f -> f.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElse(MoveFilter.ALL);
        int days = query.getSingleParameter("days")
                .filter(d -> d.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .filter(PERIODS::contains)
                .orElse(7);
        Select<MoveFilter> filter = new Select<>();
        filter.setLabel(t("segments.moves.which"));
        filter.setItems(MoveFilter.values());
        filter.setItemLabelGenerator(f -> t("segments.moves." + f));
        filter.setValue(which);
        filter.addValueChangeListener(
                e -> go(segment, Map.of("moves", e.getValue().name()), query));
        Select<Integer> period = new Select<>();
        period.setLabel(t("segments.moves.since"));
        period.setItems(PERIODS);
        period.setItemLabelGenerator(d -> t("segments.moves.days", d));
        period.setValue(days);
        period.addValueChangeListener(
                e -> go(segment, Map.of("days", e.getValue().toString()), query));
        Div filters = new Div(filter, period);
        filters.addClassName("people-filters");
        LocalDate since = today.minusDays(days - 1L);
        Div section = new Div(
                sectionTitle(t("segments.moves.title")),
                filters,
                new PagedList<>(
                        (offset, limit) -> membership.moves(segment, since, which, offset, limit),
                        move -> row(segment, move),
                        t("segments.moves.none")));
        section.addClassName("people-section");
        return section;
    }

    private Component[] row(SegmentId segment, SegmentMove move) {
        Span what = new Span(t(move.entered() ? "segments.moves.entered" : "segments.moves.left"));
        what.addClassNames("status-badge", move.entered() ? "tone-good" : "tone-attention");
        Span because = new Span(because(move));
        because.addClassName("people-detail");
        Span at = new Span(Formats.relative(move.at()));
        at.getElement().setAttribute("title", Formats.dateTime(move.at(), business.zone()));
        at.addClassNames("people-at", "numeric");
        return new Component[] {new Div(person(segment, move.customer(), move.name()), because), what, at};
    }

    private static String because(SegmentMove move) {
        String certain = words(move, true);
        String possible = words(move, false);
        if (move.cause() == MoveCause.RULE) {
            return t("segments.moves.because_rule");
        }
        if (move.cause() == MoveCause.TIME) {
            return certain.isEmpty() ? t("segments.moves.because_time") : t("segments.moves.because_time_of", certain);
        }
        if (!certain.isEmpty()) {
            return t(move.entered() ? "segments.moves.now_holds" : "segments.moves.no_longer", certain);
        }
        if (!possible.isEmpty()) {
            return t("segments.moves.one_of", possible);
        }
        return move.aspects().isEmpty()
                ? t("segments.moves.because_change")
                : t(
                        "segments.moves.because_change_of",
                        move.aspects().stream()
                                .sorted()
                                .map(aspect -> t("segments.aspect." + aspect))
                                .collect(Collectors.joining(", ")));
    }

    private static String words(SegmentMove move, boolean certain) {
        return move.flips().stream()
                .filter(flip -> flip.certain() == certain)
                .map(flip -> "“" + flip.words() + "”")
                .collect(Collectors.joining(", "));
    }

    private Component members(SegmentId segment) {
        Div section = new Div(
                sectionTitle(t("segments.members.title")),
                new PagedList<>(
                        (offset, limit) -> membership.members(segment, offset, limit),
                        member -> row(segment, member),
                        t("segments.members.none")));
        section.addClassName("people-section");
        return section;
    }

    private Component[] row(SegmentId segment, SegmentMember member) {
        String detail = Stream.of(member.email(), member.city())
                .filter(part -> part != null && !part.isBlank() && !part.equals(member.name()))
                .collect(Collectors.joining(" · "));
        Span details = new Span(detail);
        details.addClassName("people-detail");
        Anchor why =
                new Anchor(SegmentPages.people(segment) + "?customer=" + member.customer(), t("segments.members.why"));
        why.setRouterIgnore(false);
        why.setAriaLabel(t("segments.members.why_of", member.name()));
        Span since = new Span(t("segments.members.since", Formats.relative(member.enteredAt())));
        since.getElement().setAttribute("title", Formats.dateTime(member.enteredAt(), business.zone()));
        since.addClassNames("people-at", "numeric");
        return new Component[] {new Div(profile(member.customer(), member.name()), details), why, since};
    }

    private static Anchor person(SegmentId segment, CustomerId customer, String name) {
        Anchor link = new Anchor(
                SegmentPages.people(segment) + "?customer=" + customer,
                name.isEmpty() ? t("segments.sample_noname") : name);
        link.setRouterIgnore(false);
        return link;
    }

    private static Anchor profile(CustomerId customer, String name) {
        Anchor link = new Anchor("customers/" + customer, name.isEmpty() ? t("segments.sample_noname") : name);
        link.setRouterIgnore(false);
        return link;
    }

    private static H2 sectionTitle(String words) {
        H2 heading = new H2(words);
        heading.addClassName("section-title");
        return heading;
    }

    /** The same page with some of its choices changed, as an address of its own. */
    private static void go(SegmentId segment, Map<String, String> changed, QueryParameters query) {
        Map<String, String> all = new LinkedHashMap<>();
        query.getParameters()
                .forEach((key, values) ->
                        Optional.of(values).filter(v -> !v.isEmpty()).ifPresent(v -> all.put(key, v.getFirst())));
        all.putAll(changed);
        UI.getCurrent().navigate(SegmentPages.people(segment), QueryParameters.simple(all));
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
