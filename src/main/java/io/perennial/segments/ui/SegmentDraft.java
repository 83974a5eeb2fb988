package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.router.QueryParameters;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.SegmentDetails;
import io.perennial.segments.SegmentId;
import io.perennial.segments.Starter;
import java.util.List;
import java.util.Optional;

/** A name and a rule, as the editor has them: what a new segment begins with, and what was last saved. */
record SegmentDraft(String name, Rule rule) {

    /**
     * As the address asks: a copy of a segment, one of the starters, or nothing yet.
     *
     * @throws java.util.NoSuchElementException if the current tenant has no such segment
     * @throws IllegalArgumentException if it asks for something that there is not
     */
    static SegmentDraft of(QueryParameters query, SegmentServices services) {
        Optional<String> copied = query.getSingleParameter("copy");
        if (copied.isPresent()) {
            SegmentDetails original = services.segments().open(new SegmentId(Long.parseLong(copied.get())));
            return new SegmentDraft(t("segments.copy_of", original.name()), original.rule());
        }
        return query.getSingleParameter("starter")
                .map(Starter::valueOf)
                .map(chosen -> new SegmentDraft(
                        t("segments.starter." + chosen),
                        chosen.rule(services.rules().muchSpent())))
                .orElseGet(() -> new SegmentDraft("", new Group(Match.ALL, List.of(ConditionRow.blank()))));
    }
}
