package io.perennial.segments;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.CustomerAspect;
import io.perennial.segments.FlipFinder.Flips;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleLeafTest {

    private static final Rule CITY = of(Field.CITY, Operator.IS, "Praha");
    private static final Rule TAG = of(Field.TAG, Operator.IS, "vip");
    private static final Rule ORDERS = of(Field.ORDERS, Operator.AT_LEAST, "3");
    private static final Rule TREE = new Group(
            Match.ALL, List.of(CITY, new Group(Match.ANY, List.of(TAG, ORDERS)), new Group(Match.NONE, List.of(TAG))));

    @Test
    void conditionsHaveTheirPlaces() {
        assertThat(RuleLeaf.of(TREE)).extracting(RuleLeaf::path).containsExactly("/0", "/1/0", "/1/1", "/2/0");
        assertThat(RuleLeaf.of(CITY)).extracting(RuleLeaf::path).containsExactly("/");
    }

    @Test
    void theRuleFollowsFromItsConditions() {
        assertThat(RuleLeaf.holds(TREE, 0b0101)).isTrue();
        assertThat(RuleLeaf.holds(TREE, 0b1101)).isFalse();
        assertThat(RuleLeaf.holds(TREE, 0b0001)).isFalse();
        assertThat(RuleLeaf.holds(Rule.everybody(), 0)).isTrue();
    }

    @Test
    void whoLeavesAnAllGroupHasLostJustWhatIsFalseNow() {
        Rule all = new Group(Match.ALL, List.of(CITY, TAG, ORDERS));
        assertThat(FlipFinder.conclude(all, 0b101, 0b111, false)).isEqualTo(new Flips(0b010, 0));
        assertThat(FlipFinder.conclude(all, 0b001, 0b111, false)).isEqualTo(new Flips(0b110, 0));
    }

    @Test
    void whoEntersAnAllGroupTurnedOneOfThoseThatTheChangeConcerns() {
        Rule all = new Group(Match.ALL, List.of(CITY, TAG, ORDERS));
        assertThat(FlipFinder.conclude(all, 0b111, 0b010, true)).isEqualTo(new Flips(0b010, 0));
        assertThat(FlipFinder.conclude(all, 0b111, 0b011, true)).isEqualTo(new Flips(0, 0b011));
    }

    @Test
    void anOrderDoesNotConcernARuleAboutTheCity() {
        assertThat(RuleNeeds.of(CITY, RuleScope.NOTHING).concern(CustomerAspect.bits(List.of(CustomerAspect.ORDERS))))
                .isFalse();
        assertThat(RuleNeeds.of(TREE, RuleScope.NOTHING).concern(CustomerAspect.bits(List.of(CustomerAspect.ORDERS))))
                .isTrue();
        assertThat(RuleNeeds.of(TREE, RuleScope.NOTHING).ofTime()).isFalse();
        assertThat(RuleNeeds.of(of(Field.AGE, Operator.AT_LEAST, "18"), RuleScope.NOTHING)
                        .ofTime())
                .isTrue();
    }
}
