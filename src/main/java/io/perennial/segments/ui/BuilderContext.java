package io.perennial.segments.ui;

import io.perennial.customers.ActivityKind;
import io.perennial.segments.Choice;
import io.perennial.segments.RuleAttribute;
import io.perennial.segments.RuleChoices;
import io.perennial.segments.SegmentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pieces of the builder need.
 *
 * @param currency of the business, as shown behind amounts
 * @param attributes that the business keeps about its customers
 * @param activities that can be asked of
 * @param others segments that a rule may refer to
 */
record BuilderContext(
        RuleChoices choices,
        String currency,
        List<RuleAttribute> attributes,
        List<ActivityKind> activities,
        List<Choice> others) {

    static BuilderContext of(RuleChoices choices, String currency, @Nullable SegmentId self) {
        return new BuilderContext(
                choices,
                currency,
                choices.attributes(),
                choices.activities(),
                choices.segments().stream()
                        .filter(c -> self == null || !c.value().equals(self.toString()))
                        .toList());
    }
}
