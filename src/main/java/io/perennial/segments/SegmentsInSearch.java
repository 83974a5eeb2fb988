package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Permission;
import io.perennial.uikit.Matching;
import io.perennial.uikit.SearchContribution;
import io.perennial.uikit.SearchHit;
import io.perennial.uikit.SearchPlace;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds segments by name. */
@Component
class SegmentsInSearch implements SearchContribution {

    private final Segments segments;
    private final Rules rules;

    SegmentsInSearch(Segments segments, Rules rules) {
        this.segments = segments;
        this.rules = rules;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public String heading() {
        return t("segments.menu");
    }

    @Override
    public List<SearchPlace> places() {
        return List.of(new SearchPlace(t("segments.new"), "segments/new", Permission.Names.SEGMENT_WRITE));
    }

    @Override
    public List<SearchHit> find(String text, int limit) {
        return segments.all().stream()
                .filter(segment -> Matching.fits(segment.name(), text))
                .limit(limit)
                .map(segment -> new SearchHit(segment.name(), rules.sentence(segment), "segments/" + segment.id()))
                .toList();
    }
}
