package io.perennial.segments.ui;

import io.perennial.segments.Rule;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.RuleWords;
import java.util.ArrayList;
import java.util.List;

/** What a condition speaks of: a field of the customer, or something of their orders in a period. */
sealed interface Subject {

    record OfField(Field field) implements Subject {
        @Override
        public String label() {
            return RuleWords.field(field);
        }
    }

    record OfOrders(Aggregate aggregate) implements Subject {
        @Override
        public String label() {
            return RuleWords.aggregate(aggregate);
        }
    }

    String label();

    /** All there are: orders first, being what most rules are about. */
    static List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        for (Aggregate aggregate : Aggregate.values()) {
            all.add(new OfOrders(aggregate));
        }
        for (Field field :
                List.of(Field.DAYS_SINCE_LAST_ORDER, Field.DAYS_SINCE_FIRST_ORDER, Field.ORDERS, Field.VALUE)) {
            all.add(new OfField(field));
        }
        for (Field field : Field.values()) {
            Subject subject = new OfField(field);
            if (!all.contains(subject)) {
                all.add(subject);
            }
        }
        return List.copyOf(all);
    }

    static Subject of(Rule rule) {
        return switch (rule) {
            case Rule.Condition condition -> new OfField(condition.field());
            case Rule.Orders orders -> new OfOrders(orders.aggregate());
            case Rule.Group group -> throw new IllegalArgumentException("A group speaks of nothing itself");
        };
    }
}
