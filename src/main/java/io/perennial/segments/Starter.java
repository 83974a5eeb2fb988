package io.perennial.segments;

import static io.perennial.segments.Operator.*;

import io.perennial.kernel.RfmName;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Measure;
import io.perennial.segments.Rule.Orders;
import java.math.BigDecimal;
import java.util.List;

/** Ready-made rules to begin with. */
public enum Starter {
    REGULARS,
    QUIET,
    NEW_THIS_MONTH,
    BIG_SPENDERS,
    ONE_TIME,
    BIRTHDAY_SOON,
    LATE,
    CLICKED_NOT_BOUGHT,
    SLIPPING_REGULARS;

    /**
     * @param muchSpent from how much a customer is a big spender here, in the tenant's currency
     */
    public Rule rule(BigDecimal muchSpent) {
        List<Rule> rules = switch (this) {
            case REGULARS -> List.of(Condition.of(Field.ORDERS, AT_LEAST, "3"));
            case QUIET -> List.of(Condition.of(Field.DAYS_SINCE_LAST_ORDER, AT_LEAST, "90"));
            case NEW_THIS_MONTH -> List.of(Condition.of(Field.DAYS_SINCE_FIRST_ORDER, AT_MOST, "30"));
            case BIG_SPENDERS -> List.of(Condition.of(Field.VALUE, AT_LEAST, muchSpent.toPlainString()));
            case ONE_TIME -> List.of(Orders.of(Aggregate.COUNT, IS, "1", Window.ever()));
            case BIRTHDAY_SOON -> List.of(Condition.of(Field.BIRTHDAY_IN_DAYS, AT_MOST, "14"));
            case LATE -> List.of(Condition.of(Field.LATE_BY_DAYS, AT_LEAST, "7"));
            case CLICKED_NOT_BOUGHT ->
                List.of(
                        new Activity(
                                "MAIL_CLICKED",
                                Measure.of(Aggregate.COUNT, AT_LEAST, "1"),
                                Window.lastDays(30),
                                List.of(),
                                List.of()),
                        Orders.of(Aggregate.COUNT, AT_MOST, "0", Window.lastDays(30)));
            case SLIPPING_REGULARS ->
                List.of(Condition.of(Field.RFM_NAME, IS_ANY_OF, RfmName.AT_RISK.name(), RfmName.CANNOT_LOSE.name()));
        };
        return new Group(Match.ALL, rules);
    }
}
