package io.perennial.segments;

import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.OrderFilter.Amount;
import io.perennial.segments.OrderFilter.OrderStatus;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.ConsentIs;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Orders;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.List;

/**
 * Reads the rule of a document of version 2, as {@code segment-rule.schema.json} describes it. What the values mean, and
 * whether they fit, is {@link RuleCheck}'s.
 */
final class RuleReader {

    private static final int LONGEST_ID = 19;
    private static final int LONGEST_KEY = 60;
    private static final String ID = "[1-9][0-9]{0,17}";

    Rule rule(DocumentPart part) {
        String type = part.get("type").text();
        return switch (type) {
            case "group" -> {
                part.object("type", "match", "rules");
                yield new Group(
                        part.get("match").oneOf(Match.class),
                        part.get("rules").list(RuleLimits.CONDITIONS, this::rule));
            }
            case "condition" -> {
                part.object("type", "field", "operator", "values");
                yield new Condition(
                        part.get("field").oneOf(Field.class),
                        part.get("operator").oneOf(Operator.class),
                        texts(part.get("values")));
            }
            case "attribute" -> {
                part.object("type", "key", "operator", "values");
                yield new Attribute(
                        part.get("key").text(LONGEST_KEY),
                        part.get("operator").oneOf(Operator.class),
                        texts(part.get("values")));
            }
            case "consent" -> {
                part.object("type", "topics", "status", "window");
                yield new Consent(
                        texts(part.get("topics")),
                        part.get("status").oneOf(ConsentIs.class),
                        window(part.get("window")));
            }
            case "orders" -> {
                part.object("type", "measures", "window", "filter");
                yield new Orders(
                        part.get("measures").list(RuleLimits.MEASURES, this::measure),
                        window(part.get("window")),
                        filter(part.get("filter")));
            }
            case "activity" -> {
                part.object("type", "kind", "measure", "window", "about", "detail");
                yield new Activity(
                        part.get("kind").text(RuleLimits.TEXT),
                        measure(part.get("measure")),
                        window(part.get("window")),
                        part.get("about").list(RuleLimits.VALUES, p -> p.text(LONGEST_ID)),
                        part.get("detail").list(RuleLimits.VALUES, p -> p.text(LONGEST_ID)));
            }
            case "segment" -> {
                part.object("type", "segment", "in");
                yield new Member(segment(part.get("segment")), part.get("in").yesNo());
            }
            default -> throw part.get("type").fault("segments.document.type", type);
        };
    }

    private static SegmentId segment(DocumentPart part) {
        String id = part.text();
        if (!id.matches(ID)) {
            throw part.fault("segments.problem.id", id);
        }
        return new SegmentId(Long.parseLong(id));
    }

    private Measure measure(DocumentPart part) {
        part.object("aggregate", "operator", "values");
        return new Measure(
                part.get("aggregate").oneOf(Aggregate.class),
                part.get("operator").oneOf(Operator.class),
                texts(part.get("values")));
    }

    private static OrderFilter filter(DocumentPart part) {
        part.object("status", "categories", "products", "orderValue", "weekdays", "months");
        return new OrderFilter(
                part.get("status").oneOf(OrderStatus.class),
                part.has("categories") ? among(part.get("categories")) : null,
                part.has("products") ? among(part.get("products")) : null,
                part.has("orderValue") ? amount(part.get("orderValue")) : null,
                part.has("weekdays") ? part.get("weekdays").list(7, p -> p.oneOf(DayOfWeek.class)) : List.of(),
                part.has("months") ? part.get("months").list(12, p -> p.oneOf(Month.class)) : List.of());
    }

    private static Among among(DocumentPart part) {
        part.object("values", "excluded");
        return new Among(texts(part.get("values")), part.get("excluded").yesNo());
    }

    private static Amount amount(DocumentPart part) {
        part.object("operator", "values");
        return new Amount(part.get("operator").oneOf(Operator.class), texts(part.get("values")));
    }

    static Window window(DocumentPart part) {
        String type = part.get("type").text();
        return switch (type) {
            case "ever" -> {
                part.object("type");
                yield Window.ever();
            }
            case "last" -> {
                part.object("type", "count", "unit");
                yield new Window.Last(
                        part.get("count").whole(), part.get("unit").oneOf(Window.Unit.class));
            }
            case "ago" -> {
                part.object("type", "least", "most");
                yield new Window.Ago(part.get("least").whole(), part.get("most").whole());
            }
            case "calendar" -> {
                part.object("type", "piece");
                yield new Window.Calendar(part.get("piece").oneOf(Window.Piece.class));
            }
            case "dates" -> {
                part.object("type", "from", "until");
                yield new Window.Dates(
                        part.has("from") ? part.get("from").text(RuleLimits.TEXT) : null,
                        part.has("until") ? part.get("until").text(RuleLimits.TEXT) : null);
            }
            default -> throw part.get("type").fault("segments.document.type", type);
        };
    }

    private static List<String> texts(DocumentPart part) {
        return part.list(RuleLimits.VALUES, p -> p.text(RuleLimits.TEXT));
    }
}
