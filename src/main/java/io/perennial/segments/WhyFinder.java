package io.perennial.segments;

import io.perennial.kernel.CustomerId;
import io.perennial.segments.Rule.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks each condition of a rule about one customer, by the same query that picks customers. */
@Component
class WhyFinder {

    private final MemberStore members;
    private final OwnValues values;

    WhyFinder(MemberStore members, OwnValues values) {
        this.members = members;
        this.values = values;
    }

    WhyPart why(Rule rule, CustomerId customer, RuleContext context) {
        return part(rule, "", context.among(List.of(customer.value())), values.read(customer, context));
    }

    private WhyPart part(Rule rule, String path, RuleContext context, Map<String, @Nullable Object> known) {
        String place = path.isEmpty() ? "/" : path;
        if (!(rule instanceof Group group)) {
            boolean holds = !members.ids(RuleCompiler.compile(rule, context)).isEmpty();
            return new WhyPart(
                    place, RuleWords.sentence(rule), values.of(rule, known, context), holds, null, List.of());
        }
        List<WhyPart> parts = new ArrayList<>();
        for (int i = 0; i < group.rules().size(); i++) {
            parts.add(part(group.rules().get(i), path + "/" + i, context, known));
        }
        long held = parts.stream().filter(WhyPart::holds).count();
        boolean holds = switch (group.match()) {
            case ALL -> held == parts.size();
            case ANY -> held > 0;
            case NONE -> held == 0;
        };
        return new WhyPart(place, "", "", holds, group.match(), parts);
    }
}
