package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.SubNav;
import io.perennial.uikit.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** A new campaign to it. */
    static String campaign(SegmentId segment) {
        return "campaigns/new?segment=" + segment;
    }

    /** A list has no rule, so it begins with its people. */
    static SubNav links(SegmentDetails segment, String current) {
        List<SubNav.Link> pages = new ArrayList<>();
        if (!segment.list()) {
            pages.add(new SubNav.Link(t("segments.page.rule"), rule(segment.id())));
        }
        pages.add(new SubNav.Link(t("segments.page.people"), people(segment.id())));
        pages.add(new SubNav.Link(t("segments.page.overlap"), overlap(segment.id())));
        SubNav links = new SubNav(t("segments.pages"), pages, current);
        links.addClassName("segment-pages");
        return links;
    }

    /** What is out of the ordinary about a segment, in a word each. */
    static List<StatusBadge> badges(SegmentDetails segment) {
        List<StatusBadge> badges = new ArrayList<>();
        if (segment.list()) {
            badges.add(new StatusBadge(t("segments.list.badge"), Tone.INFO));
        }
        if (segment.isArchived()) {
            badges.add(new StatusBadge(t("segments.archived_badge"), Tone.NEUTRAL));
        }
        return badges;
    }

    static H2 sectionTitle(String words) {
        H2 heading = new H2(words);
        heading.addClassName("section-title");
        return heading;
    }

    /** The people's page with some of its choices changed, as an address of its own. */
    static void go(SegmentId segment, Map<String, String> changed, QueryParameters query) {
        Map<String, String> all = new LinkedHashMap<>();
        query.getParameters().forEach((key, values) -> {
            if (!values.isEmpty()) {
                all.put(key, values.getFirst());
            }
        });
        all.putAll(changed);
        UI.getCurrent().navigate(people(segment), QueryParameters.simple(all));
    }
}
