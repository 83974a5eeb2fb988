package io.perennial.delivery.pace;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/**
 * A daily ceiling that grows, for a domain that receivers do not know yet.
 *
 * @param from the first day, of the business's calendar
 * @param first mails on that day, at least 1
 * @param growth factor from day to day, above 1
 * @param until the plan is over on the day whose ceiling would reach this
 */
public record WarmUp(LocalDate from, int first, BigDecimal growth, int until) {

    public WarmUp {
        if (first < 1 || until < first || growth.compareTo(BigDecimal.ONE) <= 0 || growth.intValue() > 10) {
            throw new IllegalArgumentException("A warm-up begins with at least one mail a day, grows up to tenfold "
                    + "from day to day, and ends above where it begins");
        }
    }

    /** The ceiling of a day; empty when the plan is over by then. */
    public OptionalInt ceilingOn(LocalDate day) {
        long days = Math.max(0, ChronoUnit.DAYS.between(from, day));
        double ceiling = first * Math.pow(growth.doubleValue(), (double) days);
        return ceiling >= until ? OptionalInt.empty() : OptionalInt.of((int) ceiling);
    }

    /** How many days it takes. */
    public int length() {
        return (int) Math.ceil(Math.log((double) until / first) / Math.log(growth.doubleValue()));
    }
}
