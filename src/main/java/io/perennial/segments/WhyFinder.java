package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.kernel.CustomerId;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;

/** Asks each condition of a rule about one customer: their rows are read once, and the rule is evaluated in Java. */
@Component
class WhyFinder {

    private final CustomerFactsReader reader;

    WhyFinder(CustomerFactsReader reader) {
        this.reader = reader;
    }

    /**
     * @throws NoSuchElementException if there is no such customer here, or no more
     */
    WhyPart why(Rule rule, CustomerId customer, RuleContext context) {
        CustomerFacts facts =
                reader.read(customer).orElseThrow(() -> new NoSuchElementException("No customer " + customer));
        return part(rule, new RuleEvaluator(context).evaluate(rule, facts));
    }

    private static WhyPart part(Rule rule, Evaluation why) {
        if (!(rule instanceof Group group)) {
            String value = rule instanceof Member member
                    ? t(why.holds() == member.in() ? "segments.value.in_it" : "segments.value.not_in_it")
                    : why.value();
            return new WhyPart(why.path(), why.sentence(), value, why.holds(), null, List.of());
        }
        List<WhyPart> parts = new ArrayList<>();
        for (int i = 0; i < group.rules().size(); i++) {
            parts.add(part(group.rules().get(i), why.parts().get(i)));
        }
        return new WhyPart(why.path(), "", "", why.holds(), group.match(), parts);
    }
}
