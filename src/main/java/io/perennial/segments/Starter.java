package io.perennial.segments;

import static io.perennial.segments.Rule.Operator.*;

import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Orders;
import io.perennial.segments.Rule.Window;
import java.math.BigDecimal;
import java.util.List;

/** Ready-made rules to begin with. */
public enum Starter {
    REGULARS,
    QUIET,
    NEW_THIS_MONTH,
    BIG_SPENDERS,
    ONE_TIME,
    BIRTHDAY_SOON;

    /**
     * @param muchSpent from how much a customer is a big spender here, in the tenant's currency
     */
    public Rule rule(BigDecimal muchSpent) {
        Rule first = switch (this) {
            case REGULARS -> Condition.of(Field.ORDERS, AT_LEAST, "3");
            case QUIET -> Condition.of(Field.DAYS_SINCE_LAST_ORDER, AT_LEAST, "90");
            case NEW_THIS_MONTH -> Condition.of(Field.DAYS_SINCE_FIRST_ORDER, AT_MOST, "30");
            case BIG_SPENDERS -> Condition.of(Field.VALUE, AT_LEAST, muchSpent.toPlainString());
            case ONE_TIME -> new Orders(Aggregate.COUNT, IS, "1", null, Window.ever(), null, null);
            case BIRTHDAY_SOON -> Condition.of(Field.BIRTHDAY_IN_DAYS, AT_MOST, "14");
        };
        return new Group(Match.ALL, List.of(first));
    }
}
