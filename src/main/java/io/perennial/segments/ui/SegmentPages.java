package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.SegmentId;
import io.perennial.uikit.SubNav;
import java.util.List;

/** The pages about one segment. */
final class SegmentPages {

    private SegmentPages() {}

    static String rule(SegmentId segment) {
        return "segments/" + segment;
    }

    static String people(SegmentId segment) {
        return "segments/" + segment + "/people";
    }

    static String overlap(SegmentId segment) {
        return "segments/" + segment + "/overlap";
    }

    static SubNav links(SegmentId segment, String current) {
        SubNav links = new SubNav(
                t("segments.pages"),
                List.of(
                        new SubNav.Link(t("segments.page.rule"), rule(segment)),
                        new SubNav.Link(t("segments.page.people"), people(segment)),
                        new SubNav.Link(t("segments.page.overlap"), overlap(segment))),
                current);
        links.addClassName("segment-pages");
        return links;
    }
}
