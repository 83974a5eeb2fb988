package io.perennial.segments;

import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.ConsentIs;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rules as version 1 stored them: one figure of orders, one category, one product, agreed topics as a field. */
final class RuleReaderV1 {

    Rule rule(DocumentPart part) {
        String type = part.get("type").text();
        return switch (type) {
            case "group" ->
                new Group(
                        part.get("match").oneOf(Match.class),
                        part.get("rules").list(RuleLimits.CONDITIONS, this::rule));
            case "condition" -> condition(part);
            case "orders" -> orders(part);
            default -> throw part.get("type").fault("segments.document.type", type);
        };
    }

    private static Rule condition(DocumentPart part) {
        Operator operator = part.get("operator").oneOf(Operator.class);
        List<String> values = part.get("values").list(RuleLimits.VALUES, DocumentPart::text);
        if (part.get("field").text().equals("CONSENT_TOPIC")) {
            return new Consent(
                    values, operator == Operator.IS_NOT ? ConsentIs.NOT_GRANTED : ConsentIs.GRANTED, Window.ever());
        }
        return new Condition(part.get("field").oneOf(Field.class), operator, values);
    }

    private static Rule orders(DocumentPart part) {
        List<String> values = new ArrayList<>(List.of(part.get("value").text()));
        if (part.hasValue("upTo")) {
            values.add(part.get("upTo").text());
        }
        return new Orders(
                List.of(new Measure(
                        part.get("aggregate").oneOf(Aggregate.class),
                        part.get("operator").oneOf(Operator.class),
                        values)),
                window(part.get("window")),
                OrderFilter.none().withCategories(among(part, "category")).withProducts(among(part, "product")));
    }

    private static @Nullable Among among(DocumentPart part, String name) {
        return part.hasValue(name) ? new Among(List.of(part.get(name).text()), false) : null;
    }

    private static Window window(DocumentPart part) {
        if (part.hasValue("lastDays")) {
            return Window.lastDays(part.get("lastDays").whole());
        }
        String from = part.hasValue("from") ? part.get("from").text() : null;
        String until = part.hasValue("until") ? part.get("until").text() : null;
        return from == null && until == null ? Window.ever() : Window.between(from, until);
    }
}
