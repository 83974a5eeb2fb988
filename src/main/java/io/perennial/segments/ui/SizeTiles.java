package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentSize;
import io.perennial.uikit.Formats;
import io.perennial.uikit.MetricTile;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Tone;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How large a segment is and how that changed; while it is being counted it looks again by itself until it is known. */
class SizeTiles extends Div {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final transient SegmentServices services;
    private final SegmentId segment;
    private final boolean archived;
    private final ZoneId zone;
    private final Runnable counted;
    private final Div tiles = new Div();
    private final Div state = new Div();
    private transient SegmentSize size;
    private @Nullable Registration polling;

    /**
     * @param counted told once a count under way is over, so that the page shows who is in it now
     */
    SizeTiles(SegmentServices services, SegmentDetails segment, ZoneId zone, Runnable counted) {
        this.services = services;
        this.segment = segment.id();
        this.archived = segment.isArchived();
        this.zone = Reader.zone(zone);
        this.counted = counted;
        this.size = services.membership().size(segment.id());
        tiles.addClassName("metric-tiles");
        state.addClassName("size-state");
        state.getElement().setAttribute("aria-live", "polite");
        add(tiles, state);
        draw();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        if (isUnderWay()) {
            polling = services.backstage()
                    .every(PAUSE, event.getUI(), () -> services.membership().size(segment), this::show);
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        quiet();
    }

    private void show(SegmentSize now) {
        if (now.equals(size)) {
            return;
        }
        size = now;
        draw();
        if (!isUnderWay()) {
            quiet();
            // By way of the browser: this thread only draws, what is read needs a request of the person's own.
            getElement().executeJs("return true").then(ignored -> counted.run());
        }
    }

    private void quiet() {
        if (polling != null) {
            polling.remove();
            polling = null;
        }
    }

    private boolean isUnderWay() {
        return !archived && size.failure() == null && (size.members() == null || size.recounting());
    }

    private void draw() {
        Long day = size.sinceYesterday();
        Long week = size.sinceWeekAgo();
        MetricTile now = new MetricTile(
                t("segments.size.now"),
                Formats.number(size.members()),
                archived ? t("segments.size.archived") : SizeWords.state(size, zone));
        if (size.failure() != null) {
            now.withTone(Tone.BAD);
        }
        tiles.removeAll();
        tiles.add(
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
        state.removeAll();
        if (isUnderWay()) {
            ProgressBar bar = new ProgressBar();
            bar.setIndeterminate(true);
            bar.getElement().setAttribute("aria-label", t("segments.counting"));
            state.add(
                    bar,
                    new Paragraph(t(size.members() == null ? "segments.size.filling" : "segments.size.refreshing")));
        } else if (!archived && size.nightly() && size.lookedAt() != null) {
            state.add(new Paragraph(t("segments.size.nightly", SizeWords.time(size.lookedAt(), zone))));
        }
        state.setVisible(state.getComponentCount() > 0);
    }
}
