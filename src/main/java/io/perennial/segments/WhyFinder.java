package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.kernel.CustomerId;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Member;
import io.perennial.uikit.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;

/** Asks each condition of a rule about one customer: their rows are read once, and the rule is evaluated in Java. */
@Component
class WhyFinder {

    private final CustomerFactsReader reader;
    private final ListStore lists;

    WhyFinder(CustomerFactsReader reader, ListStore lists) {
        this.reader = reader;
        this.lists = lists;
    }

    /**
     * @throws NoSuchElementException if there is no such customer here, or no more
     */
    WhyPart why(Rule rule, CustomerId customer, RuleContext context) {
        CustomerFacts facts =
                reader.read(customer).orElseThrow(() -> new NoSuchElementException("No customer " + customer));
        return part(rule, new RuleEvaluator(context).evaluate(rule, facts), customer, context);
    }

    private WhyPart part(Rule rule, Evaluation why, CustomerId customer, RuleContext context) {
        if (!(rule instanceof Group group)) {
            String value = rule instanceof Member member ? value(member, why, customer, context) : why.value();
            return new WhyPart(why.path(), why.sentence(), value, why.holds(), null, List.of());
        }
        List<WhyPart> parts = new ArrayList<>();
        for (int i = 0; i < group.rules().size(); i++) {
            parts.add(part(group.rules().get(i), why.parts().get(i), customer, context));
        }
        return new WhyPart(why.path(), "", "", why.holds(), group.match(), parts);
    }

    /** Of a list also who put them there, and when. */
    private String value(Member member, Evaluation why, CustomerId customer, RuleContext context) {
        if (context.segment(member.segment()).isList()) {
            return lists.entry(context.tenant(), member.segment(), customer)
                    .map(entry -> t("segments.value.listed", entry.by(), Formats.dateTime(entry.at(), context.zone())))
                    .orElseGet(() -> t("segments.value.not_listed"));
        }
        return t(why.holds() == member.in() ? "segments.value.in_it" : "segments.value.not_in_it");
    }
}
