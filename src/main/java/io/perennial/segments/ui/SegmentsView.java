package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentSize;
import io.perennial.segments.Starter;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All segments and lists with their sizes; the archived ones apart. */
@Route("segments")
@Menu(title = "segments.menu", icon = "vaadin:group", order = 20)
@RolesAllowed(Permission.Names.SEGMENT_READ)
class SegmentsView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    /** From so many segments on, a search field helps more than it disturbs. */
    private static final int MANY = 8;

    static final String SHOW = "show";
    static final String ARCHIVED = "archived";

    private final transient SegmentServices services;
    private transient Map<SegmentId, SegmentSize> sizes;
    private transient List<SegmentDetails> shown = List.of();
    private final ZoneId zone;
    private transient List<SegmentDetails> all = List.of();
    private final Div rows = new Div();

    SegmentsView(SegmentServices services) {
        this.services = services;
        this.sizes = services.membership().sizes();
        this.zone = Reader.zone(services.businesses().current().zone());
        addClassName("page");
        rows.addClassName("segment-list");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        boolean putAway = event.getLocation()
                .getQueryParameters()
                .getSingleParameter(SHOW)
                .filter(ARCHIVED::equals)
                .isPresent();
        List<SegmentDetails> archived = services.archive().all();
        all = putAway ? archived : services.segments().all();
        shown = all;
        removeAll();
        boolean mayWrite = CurrentStaff.may(Permission.SEGMENT_WRITE);
        Button list = new Button(t("segments.list.new"), e -> new NewListDialog(services.lists()).open());
        list.setVisible(mayWrite);
        Button create = new Button(t("segments.new"), e -> UI.getCurrent().navigate("segments/new"));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.setVisible(mayWrite);
        add(new PageHead(t("segments.title"), t("segments.lead"), list, create));
        if (putAway || !archived.isEmpty()) {
            add(SegmentFilter.of(putAway, archived.size()));
        }
        if (all.isEmpty()) {
            add(
                    putAway
                            ? new EmptyState(
                                    VaadinIcon.ARCHIVE, t("segments.no_archived_title"), t("segments.no_archived"))
                            : new EmptyState(VaadinIcon.GROUP, t("segments.empty_title"), t("segments.empty")));
        } else if (all.size() >= MANY) {
            add(search());
        }
        add(rows);
        fill(all);
        if (mayWrite && !putAway) {
            add(starters());
        }
    }

    @Override
    protected void onAttach(AttachEvent event) {
        if (isCounting()) {
            Registration[] polling = new Registration[1];
            polling[0] = services.backstage()
                    .every(Duration.ofSeconds(2), event.getUI(), services.membership()::sizes, found -> {
                        sizes = found;
                        fill(shown);
                        if (!isCounting()) {
                            polling[0].remove();
                        }
                    });
            addDetachListener(e -> polling[0].remove());
        }
    }

    private boolean isCounting() {
        return all.stream()
                .filter(s -> !s.isArchived())
                .map(s -> sizes.get(s.id()))
                .anyMatch(s -> s == null || (s.members() == null && s.failure() == null));
    }

    private void fill(List<SegmentDetails> some) {
        shown = some;
        rows.removeAll();
        some.forEach(segment -> rows.add(row(segment)));
    }

    private Component row(SegmentDetails segment) {
        Span name = new Span(new Text(segment.name()));
        name.addClassName("segment-name");
        Span rule = new Span(services.rules().sentence(segment));
        rule.addClassName("segment-rule");
        Div words = new Div(name, rule);
        SegmentPages.badges(segment).forEach(name::add);
        Div size = size(sizes.get(segment.id()));
        Span updated = new Span(t("segments.updated", Formats.relative(segment.updatedAt())));
        updated.addClassNames("segment-updated", "numeric");
        Anchor row = new Anchor(segment.list() ? SegmentPages.people(segment.id()) : SegmentPages.rule(segment.id()));
        row.add(words, size, updated);
        row.setRouterIgnore(false);
        row.addClassName("segment-row");
        return row;
    }

    /** As it is kept: nobody waits for a count, and how right it is stands beside it. */
    private Div size(@Nullable SegmentSize kept) {
        Div size = new Div();
        size.addClassNames("segment-size", "numeric");
        if (kept == null || kept.members() == null) {
            size.setText(t(kept != null && kept.failure() != null ? "segments.count_failed" : "segments.size.counted"));
            return size;
        }
        size.setText(t("segments.customers", kept.members()));
        size.getElement().setAttribute("title", SizeWords.state(kept, zone));
        Long week = kept.sinceWeekAgo();
        String words = kept.recounting()
                ? t("segments.size.recounting")
                : week == null || week == 0 ? "" : t("segments.size.this_week", SizeWords.change(week));
        Span trend = new Span(words);
        trend.addClassName("segment-trend");
        trend.setVisible(!words.isEmpty());
        size.add(trend);
        return size;
    }

    private Component search() {
        TextField search = new TextField();
        search.setPlaceholder(t("segments.search"));
        search.setAriaLabel(t("segments.search"));
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addClassName("segment-search");
        search.addValueChangeListener(e -> {
            String part = e.getValue().strip().toLowerCase(Locale.ROOT);
            List<SegmentDetails> found = all.stream()
                    .filter(s -> s.name().toLowerCase(Locale.ROOT).contains(part))
                    .toList();
            fill(found);
            if (found.isEmpty()) {
                rows.add(new Paragraph(t("segments.none_found", e.getValue())));
            }
        });
        return search;
    }

    private Component starters() {
        List<Component> cards = new ArrayList<>();
        BigDecimal muchSpent = services.rules().muchSpent();
        for (Starter starter : Starter.values()) {
            Anchor card = new Anchor("segments/new?starter=" + starter);
            Span name = new Span(t("segments.starter." + starter));
            name.addClassName("segment-name");
            Span rule = new Span(services.rules().sentence(starter.rule(muchSpent)));
            rule.addClassName("segment-rule");
            card.add(name, rule);
            card.addClassNames("card", "segment-starter");
            cards.add(card);
        }
        Div grid = new Div(cards.toArray(Component[]::new));
        grid.addClassName("segment-starters");
        H2 title = new H2(t("segments.starters"));
        title.addClassName("section-title");
        return new Div(title, grid);
    }

    @Override
    public String getPageTitle() {
        return t("segments.title");
    }
}
