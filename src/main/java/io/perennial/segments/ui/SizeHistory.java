package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.segments.SizePoint;
import io.perennial.uikit.Card;
import io.perennial.uikit.ChartCard;
import io.perennial.uikit.Charts;
import io.perennial.uikit.Charts.Point;
import io.perennial.uikit.DataTable;
import io.perennial.uikit.DataTable.Cell;
import io.perennial.uikit.EChart;
import io.perennial.uikit.Formats;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a segment grew, day by day. */
final class SizeHistory {

    /** With fewer days a line says nothing. */
    private static final int FEWEST = 2;

    private SizeHistory() {}

    static Component card(List<SizePoint> points, LocalDate today) {
        if (points.size() < FEWEST) {
            return Card.titled(t("segments.history.question"), new Paragraph(t("segments.history.too_little")));
        }
        Map<LocalDate, SizePoint> byDay = new HashMap<>();
        points.forEach(point -> byDay.put(point.day(), point));
        List<String> days = new ArrayList<>();
        List<Point> drawn = new ArrayList<>();
        for (LocalDate day = points.getFirst().day();
                !day.isAfter(points.getLast().day());
                day = day.plusDays(1)) {
            SizePoint point = byDay.get(day);
            days.add(Formats.date(day));
            boolean partial = day.equals(today);
            drawn.add(
                    point == null
                            ? new Point(null, "", null, false)
                            : new Point((double) point.members(), words(point, partial), null, partial));
        }
        String answer = answer(points);
        EChart chart = new EChart(
                Charts.lines(
                        days,
                        t("segments.history.axis"),
                        List.of(new Charts.Series(t("segments.history.members"), 1, drawn))),
                answer);
        return new ChartCard(t("segments.history.question"), answer, chart)
                .withDefinition(t("segments.history.definition"))
                .withTable(table(points), t("segments.history.question"), "segment-size");
    }

    private static String words(SizePoint point, boolean partial) {
        return t(
                partial ? "segments.history.point_partial" : "segments.history.point",
                Formats.date(point.day()),
                Formats.number(point.members()),
                Formats.number(point.entered()),
                Formats.number(point.left()));
    }

    private static String answer(List<SizePoint> points) {
        SizePoint first = points.getFirst();
        long now = points.getLast().members();
        String key = now == first.members()
                ? "segments.history.same"
                : now > first.members() ? "segments.history.grew" : "segments.history.shrank";
        return t(
                key,
                Formats.number(first.members()),
                Formats.date(first.day()),
                Formats.number(now),
                Formats.number(points.stream().mapToLong(SizePoint::entered).sum()),
                Formats.number(points.stream().mapToLong(SizePoint::left).sum()));
    }

    private static DataTable table(List<SizePoint> points) {
        return new DataTable(
                List.of(
                        t("segments.history.day"),
                        t("segments.history.members"),
                        t("segments.history.entered"),
                        t("segments.history.left")),
                points.reversed().stream()
                        .map(p -> List.of(
                                new Cell(Formats.date(p.day()), p.day().toString()),
                                Cell.count(p.members()),
                                Cell.count(p.entered()),
                                Cell.count(p.left())))
                        .toList());
    }
}
