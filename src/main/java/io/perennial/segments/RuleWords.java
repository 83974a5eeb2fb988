package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource.Part;
import io.perennial.segments.OrderFilter.Among;
import io.perennial.segments.OrderFilter.OrderStatus;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Attribute;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Member;
import io.perennial.segments.Rule.Orders;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Texts;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says a valid rule as a sentence, and names its parts. */
public final class RuleWords {

    private final RuleScope scope;

    RuleWords(RuleScope scope) {
        this.scope = scope;
    }

    /** The whole rule in words, in the console's language. */
    String of(Rule rule) {
        return rule instanceof Group group && group.rules().isEmpty()
                ? t(group.match() == Match.ANY ? "segments.words.nobody" : "segments.words.everybody")
                : words(rule, true);
    }

    public static String field(Field field) {
        return t("segments.field." + field);
    }

    public static String aggregate(Aggregate aggregate) {
        return t("segments.aggregate." + aggregate);
    }

    public static String operator(FieldType type, Operator operator) {
        String family = type.isDate()
                ? "date"
                : type.isNumeric() ? "number" : type == FieldType.TAG || type == FieldType.OPTIONS ? "tag" : "text";
        return t("segments.operator." + family + "." + operator);
    }

    private String words(Rule rule, boolean outermost) {
        return switch (rule) {
            case Group group -> group(group, outermost);
            case Condition condition -> condition(condition);
            case Attribute attribute -> attribute(attribute);
            case Consent consent -> consent(consent);
            case Orders orders -> orders(orders);
            case Activity activity -> activity(activity);
            case Member member -> member(member);
        };
    }

    private String member(Member member) {
        RuleScope.Named other = scope.segment(member.segment()).orElse(null);
        if (other != null && other.isList()) {
            return t(member.in() ? "segments.words.on_list" : "segments.words.not_on_list", other.name());
        }
        return t(
                member.in() ? "segments.words.in_segment" : "segments.words.not_in_segment",
                other == null ? t("segments.words.gone") : other.name());
    }

    private String group(Group group, boolean outermost) {
        String between = t(group.match() == Match.ALL ? "segments.words.and" : "segments.words.or");
        String inner =
                group.rules().stream().map(r -> words(r, false)).collect(Collectors.joining(" " + between + " "));
        if (group.match() == Match.NONE) {
            return t("segments.words.none", inner);
        }
        return outermost || group.rules().size() == 1 ? inner : "(" + inner + ")";
    }

    private String condition(Condition condition) {
        Operator operator = condition.operator();
        FieldType type = condition.field().type();
        List<String> values = condition.values().stream()
                .map(v -> operator.takesDays()
                        ? t("segments.words.days", Integer.valueOf(v))
                        : ValueWords.value(condition.field(), v, scope.currency()))
                .toList();
        return (field(condition.field()) + " " + operator(type, operator) + " " + list(operator, values)).strip();
    }

    private String attribute(Attribute condition) {
        RuleAttribute attribute = scope.attribute(condition.key()).orElse(null);
        if (attribute == null) {
            return t("segments.words.gone");
        }
        Operator operator = condition.operator();
        List<String> values = condition.values().stream()
                .map(v -> operator.takesDays()
                        ? t("segments.words.days", Integer.valueOf(v))
                        : ValueWords.value(attribute, v))
                .toList();
        return (attribute.name() + " " + operator(attribute.fieldType(), operator) + " " + list(operator, values))
                .strip();
    }

    private String consent(Consent consent) {
        String topics = consent.topics().stream().map(scope::topic).collect(Collectors.joining(", "));
        return t("segments.words.consent." + consent.status(), topics) + window(consent.window());
    }

    private String orders(Orders orders) {
        String and = " " + t("segments.words.and") + " ";
        StringBuilder words =
                new StringBuilder(orders.measures().stream().map(this::measure).collect(Collectors.joining(and)));
        OrderFilter filter = orders.filter();
        append(words, "category", filter.categories());
        append(words, "product", filter.products());
        if (filter.orderValue() != null) {
            words.append(' ')
                    .append(t(
                            "segments.words.order_value",
                            comparison(
                                    FieldType.MONEY,
                                    filter.orderValue().operator(),
                                    filter.orderValue().values())));
        }
        if (filter.status() != OrderStatus.VALID) {
            words.append(' ').append(t("segments.words.status." + filter.status()));
        }
        List<String> when = new ArrayList<>();
        filter.weekdays().forEach(d -> when.add(d.getDisplayName(TextStyle.FULL_STANDALONE, Texts.locale())));
        filter.months().forEach(m -> when.add(ValueWords.month(m)));
        if (!when.isEmpty()) {
            words.append(' ').append(t("segments.words.only_on", String.join(", ", when)));
        }
        return words.append(window(orders.window())).toString();
    }

    private String activity(Activity activity) {
        ActivityKind kind = scope.activity(activity.kind()).orElse(null);
        if (kind == null) {
            return t("segments.words.gone");
        }
        Aggregate aggregate = activity.measure().aggregate();
        String what =
                aggregate == Aggregate.COUNT ? t(kind.words()) : t("segments.words." + aggregate, t(kind.words()));
        StringBuilder words = new StringBuilder(what)
                .append(' ')
                .append(comparison(
                        aggregate.type(),
                        activity.measure().operator(),
                        activity.measure().values()));
        about(words, "about", kind, Part.ABOUT, activity.about());
        about(words, "detail", kind, Part.DETAIL, activity.detail());
        return words.append(window(activity.window())).toString();
    }

    private void about(StringBuilder words, String key, ActivityKind kind, Part part, List<String> ids) {
        if (!ids.isEmpty()) {
            Map<Long, String> names =
                    scope.names(kind, part, ids.stream().map(Long::valueOf).toList());
            words.append(' ')
                    .append(t(
                            "segments.words." + key,
                            ids.stream()
                                    .map(id -> names.getOrDefault(Long.valueOf(id), t("segments.words.gone")))
                                    .collect(Collectors.joining(", "))));
        }
    }

    private String measure(Measure measure) {
        return aggregate(measure.aggregate()) + " "
                + comparison(measure.aggregate().type(), measure.operator(), measure.values());
    }

    private String comparison(FieldType type, Operator operator, List<String> values) {
        return operator(type, operator) + " "
                + list(
                        operator,
                        values.stream()
                                .map(v -> ValueWords.value(type, v, scope.currency()))
                                .toList());
    }

    private static String list(Operator operator, List<String> values) {
        return operator == Operator.BETWEEN
                ? t("segments.words.between", values.get(0), values.get(1))
                : String.join(", ", values);
    }

    private static void append(StringBuilder words, String key, @Nullable Among among) {
        if (among != null) {
            words.append(' ')
                    .append(t(
                            "segments.words." + (among.excluded() ? "not_" : "") + key,
                            String.join(", ", among.values())));
        }
    }

    /** A window in words, with a space before; empty where it has no bound. */
    private static String window(Window window) {
        return switch (window) {
            case Window.Ever _ -> "";
            case Window.Last last -> " " + t("segments.words.last." + last.unit(), last.count());
            case Window.Ago ago -> " " + t("segments.words.ago", ago.least(), ago.most());
            case Window.Calendar calendar -> " " + piece(calendar.piece());
            case Window.Dates dates -> " " + dates(day(dates.from()), day(dates.until()));
        };
    }

    public static String piece(Window.Piece piece) {
        return t("segments.piece." + piece);
    }

    private static String dates(String from, String until) {
        if (!from.isEmpty() && !until.isEmpty()) {
            return t("segments.words.from_until", from, until);
        }
        return from.isEmpty() ? t("segments.words.until", until) : t("segments.words.since", from);
    }

    private static String day(@Nullable String date) {
        return date == null ? "" : Formats.date(LocalDate.parse(date));
    }
}
