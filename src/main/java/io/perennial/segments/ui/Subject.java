package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ActivityKind;
import io.perennial.segments.FieldType;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.RuleAttribute;
import io.perennial.segments.RuleWords;
import io.perennial.segments.SegmentId;
import io.perennial.segments.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a condition speaks of. */
sealed interface Subject {

    record OfField(Field field) implements Subject {
        @Override
        public String label() {
            return RuleWords.field(field);
        }

        @Override
        public String section() {
            return t("segments.section."
                    + (ORDERS.contains(field) ? "orders" : SCORES.contains(field) ? "scores" : "person"));
        }

        @Override
        public Rule blank() {
            FieldType type = field.type();
            return new Rule.Condition(
                    field, type.operators().iterator().next(), List.of(type == FieldType.YES_NO ? "true" : ""));
        }
    }

    record OfAttribute(RuleAttribute attribute) implements Subject {
        @Override
        public String label() {
            return attribute.name();
        }

        @Override
        public String section() {
            return t("segments.section.own");
        }

        @Override
        public Rule blank() {
            FieldType type = attribute.fieldType();
            return new Rule.Attribute(
                    attribute.key(),
                    type.operators().iterator().next(),
                    List.of(type == FieldType.ANSWER ? "true" : ""));
        }
    }

    record OfOrders() implements Subject {
        @Override
        public String label() {
            return t("segments.subject.orders");
        }

        @Override
        public String section() {
            return t("segments.section.orders");
        }

        @Override
        public Rule blank() {
            return Rule.Orders.of(Aggregate.COUNT, Operator.AT_LEAST, "", Window.lastDays(90));
        }
    }

    record OfActivity(ActivityKind kind) implements Subject {
        @Override
        public String label() {
            return t(kind.words());
        }

        @Override
        public String section() {
            return t("segments.section.deeds");
        }

        @Override
        public Rule blank() {
            return new Rule.Activity(
                    kind.name(),
                    Measure.of(Aggregate.COUNT, Operator.AT_LEAST, "1"),
                    Window.lastDays(30),
                    List.of(),
                    List.of());
        }
    }

    record OfConsent() implements Subject {
        @Override
        public String label() {
            return t("segments.subject.consent");
        }

        @Override
        public String section() {
            return t("segments.section.person");
        }

        @Override
        public Rule blank() {
            return new Rule.Consent(List.of(), Rule.ConsentIs.GRANTED, Window.ever());
        }
    }

    record OfSegment() implements Subject {
        @Override
        public String label() {
            return t("segments.subject.segment");
        }

        @Override
        public String section() {
            return t("segments.section.segments");
        }

        @Override
        public Rule blank() {
            return new Rule.Member(new SegmentId(0), true);
        }
    }

    Set<Field> ORDERS = Set.of(
            Field.ORDERS,
            Field.VALUE,
            Field.DAYS_SINCE_FIRST_ORDER,
            Field.DAYS_SINCE_LAST_ORDER,
            Field.FIRST_ORDER_ON,
            Field.LAST_ORDER_ON,
            Field.LATE_BY_DAYS);

    Set<Field> SCORES = Set.of(
            Field.RFM_NAME, Field.RFM_RECENCY, Field.RFM_FREQUENCY, Field.RFM_MONETARY, Field.CHURN_RISK, Field.CLV);

    String label();

    /** Which kind of thing it is, as people read it. */
    String section();

    /** A condition on it that waits to be filled in. */
    Rule blank();

    /** All there are: orders first, being what most rules are about. */
    static List<Subject> all(BuilderContext context) {
        List<Subject> all = new ArrayList<>();
        all.add(new OfOrders());
        fields(all, ORDERS);
        context.activities().forEach(kind -> all.add(new OfActivity(kind)));
        all.add(new OfConsent());
        for (Field field : Field.values()) {
            if (!ORDERS.contains(field) && !SCORES.contains(field)) {
                all.add(new OfField(field));
            }
        }
        context.attributes().stream().filter(a -> !a.archived()).forEach(a -> all.add(new OfAttribute(a)));
        fields(all, SCORES);
        all.add(new OfSegment());
        return List.copyOf(all);
    }

    private static void fields(List<Subject> all, Set<Field> some) {
        for (Field field : Field.values()) {
            if (some.contains(field)) {
                all.add(new OfField(field));
            }
        }
    }

    /** Nothing where what the rule speaks of is gone. */
    static Optional<Subject> of(Rule rule, BuilderContext context) {
        return switch (rule) {
            case Rule.Condition condition -> Optional.of(new OfField(condition.field()));
            case Rule.Attribute asked ->
                context.attributes().stream()
                        .filter(a -> a.key().equals(asked.key()))
                        .findFirst()
                        .map(OfAttribute::new);
            case Rule.Orders _ -> Optional.of(new OfOrders());
            case Rule.Activity activity ->
                context.activities().stream()
                        .filter(kind -> kind.name().equals(activity.kind()))
                        .findFirst()
                        .map(OfActivity::new);
            case Rule.Consent _ -> Optional.of(new OfConsent());
            case Rule.Member _ -> Optional.of(new OfSegment());
            case Rule.Group _ -> throw new IllegalArgumentException("A group speaks of nothing itself");
        };
    }
}
