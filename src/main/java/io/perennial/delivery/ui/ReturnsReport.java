package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.perennial.delivery.returns.ReturnsDesk;
import io.perennial.delivery.returns.ReturnsDesk.Counts;
import io.perennial.delivery.returns.ReturnsDesk.Way;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.time.ZoneId;
import java.util.Locale;

/** By which ways mails come back, whether these work, and what came in the last weeks. */
class ReturnsReport extends Section {

    ReturnsReport(ReturnsDesk desk, ZoneId zone) {
        addClassName("returns-report");
        H2 title = new H2(t("delivery.returns.title"));
        title.addClassName("section-title");
        Paragraph where = new Paragraph(desk.bounceDomain()
                .map(domain -> t("delivery.returns.where", domain))
                .orElseGet(() -> t("delivery.returns.nowhere")));
        where.addClassName("returns-where");
        UnorderedList ways = new UnorderedList();
        ways.addClassName("returns-ways");
        desk.ways().forEach(way -> ways.add(item(way, zone)));
        Counts counts = desk.counts();
        Div tiles = new Div(
                tile("hard", counts.hard()),
                tile("soft", counts.soft()),
                tile("own_fault", counts.ownFault()),
                tile("delayed", counts.delayed()),
                tile("complaints", counts.complaints()));
        tiles.addClassNames("metric-tiles", "returns-tiles");
        add(title, where, ways, tiles);
    }

    private static MetricTile tile(String name, long count) {
        return new MetricTile(
                t("delivery.returns.count." + name),
                Formats.number(count),
                t("delivery.returns.count." + name + "_note"));
    }

    private static ListItem item(Way way, ZoneId zone) {
        String name = "delivery.returns.way." + way.source().name().toLowerCase(Locale.ROOT);
        Span words = new Span(t(name));
        ListItem item = new ListItem(words, badge(way));
        if (way.configured() && way.askedAt() != null) {
            Span when = new Span(
                    way.failing()
                            ? t("delivery.returns.way.good_at", Formats.dateTime(way.goodAt(), zone))
                            : t("delivery.returns.way.asked_at", Formats.dateTime(way.askedAt(), zone)));
            when.addClassName("returns-when");
            item.add(when);
        }
        if (way.error() != null) {
            Span error = new Span(way.error());
            error.addClassName("returns-when");
            item.add(error);
        }
        return item;
    }

    private static StatusBadge badge(Way way) {
        if (!way.configured()) {
            return new StatusBadge(t("delivery.returns.way.off"), Tone.NEUTRAL);
        }
        return way.failing()
                ? new StatusBadge(t("delivery.returns.way.failing"), Tone.BAD)
                : new StatusBadge(t("delivery.returns.way.works"), Tone.GOOD);
    }
}
