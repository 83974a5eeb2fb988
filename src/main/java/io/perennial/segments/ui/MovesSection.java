package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.segments.Membership;
import io.perennial.segments.MoveCause;
import io.perennial.segments.MoveFilter;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentMove;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who came and went, when and why; what is shown stands in the address. */
class MovesSection extends Div {

    /** The periods a person may look back over, in days. */
    private static final List<Integer> PERIODS = List.of(1, 7, 30, 90, 400);

    private final SegmentId segment;
    private final ZoneId zone;

    MovesSection(Membership membership, SegmentId segment, QueryParameters query, ZoneId zone) {
        this.segment = segment;
        this.zone = zone;
        addClassName("people-section");
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
                e -> SegmentPages.go(segment, Map.of("moves", e.getValue().name()), query));
        Select<Integer> period = new Select<>();
        period.setLabel(t("segments.moves.since"));
        period.setItems(PERIODS);
        period.setItemLabelGenerator(d -> t("segments.moves.days", d));
        period.setValue(days);
        period.addValueChangeListener(
                e -> SegmentPages.go(segment, Map.of("days", e.getValue().toString()), query));
        Div filters = new Div(filter, period);
        filters.addClassName("people-filters");
        LocalDate since = LocalDate.now(zone).minusDays(days - 1L);
        add(
                SegmentPages.sectionTitle(t("segments.moves.title")),
                filters,
                new PagedList<>(
                        (offset, limit) -> membership.moves(segment, since, which, offset, limit),
                        this::row,
                        t("segments.moves.none")));
    }

    private Component[] row(SegmentMove move) {
        Span what = new Span(t(move.entered() ? "segments.moves.entered" : "segments.moves.left"));
        what.addClassNames("status-badge", move.entered() ? "tone-good" : "tone-attention");
        Span because = new Span(because(move));
        because.addClassName("people-detail");
        Span at = new Span(Formats.relative(move.at()));
        at.getElement().setAttribute("title", Formats.dateTime(move.at(), Reader.zone(zone)));
        at.addClassNames("people-at", "numeric");
        Anchor person = new Anchor(
                SegmentPages.people(segment) + "?customer=" + move.customer(),
                move.name().isEmpty() ? t("segments.sample_noname") : move.name());
        person.setRouterIgnore(false);
        return new Component[] {new Div(person, because), what, at};
    }

    private static String because(SegmentMove move) {
        String certain = words(move, true);
        String possible = words(move, false);
        if (move.cause() == MoveCause.LIST) {
            String by = move.by() == null ? "Perennial" : move.by();
            return t(move.entered() ? "segments.moves.put_on" : "segments.moves.taken_off", by);
        }
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
}
