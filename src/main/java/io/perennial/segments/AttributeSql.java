package io.perennial.segments;

import io.perennial.segments.Rule.Attribute;
import java.util.List;

/** The predicates of conditions on what a business itself keeps: whether a row of the value's own table fits. */
final class AttributeSql {

    private final SqlBuilder sql;
    private final RuleContext context;

    AttributeSql(SqlBuilder sql, RuleContext context) {
        this.sql = sql;
        this.context = context;
    }

    void append(Attribute condition) {
        RuleAttribute attribute = context.attribute(condition.key());
        Operator operator = condition.operator();
        if (operator == Operator.IS_ALL_OF) {
            for (int i = 0; i < condition.values().size(); i++) {
                sql.add(i == 0 ? "(" : " AND ");
                exists(attribute, true, Operator.IS, List.of(condition.values().get(i)));
            }
            sql.add(")");
            return;
        }
        // What holds of the unknown too is that no row fits the opposite.
        exists(attribute, !operator.holdsOfUnknown(), positive(operator), condition.values());
    }

    /** Whether who has no row that fits passes, and not who has one. */
    static boolean passesWithout(Attribute condition) {
        return condition.operator().holdsOfUnknown();
    }

    /** The rows that fit, or that fit the opposite where {@link #passesWithout}; not for IS_ALL_OF. */
    void rows(Attribute condition) {
        RuleAttribute attribute = context.attribute(condition.key());
        sql.add(attribute.type().table())
                .add(
                        " m WHERE m.tenant_id = ? AND m.attribute_id = ?",
                        context.tenant().value(),
                        attribute.id());
        values(attribute, positive(condition.operator()), condition.values());
    }

    private static Operator positive(Operator operator) {
        return switch (operator) {
            case IS_NOT -> Operator.IS;
            case IS_NONE_OF -> Operator.IS_ANY_OF;
            case CONTAINS_NOT -> Operator.CONTAINS;
            case IS_UNKNOWN -> Operator.IS_KNOWN;
            default -> operator;
        };
    }

    private void exists(RuleAttribute attribute, boolean yes, Operator operator, List<String> wanted) {
        sql.add(yes ? "EXISTS (SELECT 1 FROM " : "NOT EXISTS (SELECT 1 FROM ")
                .add(attribute.type().table())
                .add(
                        " m WHERE m.tenant_id = ? AND m.customer_id = c.id AND m.attribute_id = ?",
                        context.tenant().value(),
                        attribute.id());
        values(attribute, operator, wanted);
        sql.add(")");
    }

    private void values(RuleAttribute attribute, Operator operator, List<String> wanted) {
        if (operator != Operator.IS_KNOWN) {
            sql.add(" AND (");
            ValueSql values = new ValueSql(sql, context);
            switch (attribute.type()) {
                case TEXT -> values.text("m.value", operator, wanted);
                case NUMBER -> values.number("m.value", "m.value", operator, wanted);
                case DATE -> values.day("m.value", operator, wanted);
                case YES_NO -> sql.add("m.choice = ?", Boolean.parseBoolean(wanted.getFirst()) ? 1 : 0);
                case CHOICE, LIST ->
                    sql.add("m.choice IN ")
                            .list(wanted.stream().map(Integer::valueOf).toList());
            }
            sql.add(")");
        }
    }
}
