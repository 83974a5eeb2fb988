package io.perennial.segments;

import io.perennial.customers.MergeRule;
import io.perennial.customers.PersonalData;
import io.perennial.customers.PersonalTable;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Members of segments, and who was put on lists, which goes along with a customer: to the one they are merged into, and
 * away with an import that is taken back. Who is erased is out of every segment: the upkeep takes them out as it does
 * others, so that the figures stay right; what the log says of them, and what counts read of them, goes at once.
 */
@Component
class SegmentPersonalData implements PersonalData {

    @Override
    public List<PersonalTable> tables() {
        return List.of(
                PersonalTable.deleted("segment_listed")
                        .merging(MergeRule.movesUnlessThere("segment_id", "segment_id"))
                        .goingAlong(),
                PersonalTable.kept("segment_member").merging(MergeRule.recomputed()),
                PersonalTable.deleted("segment_move").merging(MergeRule.recomputed()),
                PersonalTable.deleted("count_basis").merging(MergeRule.recomputed()));
    }
}
