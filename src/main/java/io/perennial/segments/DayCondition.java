package io.perennial.segments;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operators of days mean: the days between which a known day must lie, where it is no matter of every year. */
final class DayCondition {

    private DayCondition() {}

    /** Whether an operator holds of a day that may be unknown. */
    static boolean holds(Operator operator, List<String> wanted, @Nullable LocalDate day, LocalDate today) {
        if (day == null) {
            return operator.holdsOfUnknown();
        }
        return switch (operator) {
            case IS_KNOWN -> true;
            case IS_UNKNOWN -> false;
            case YEARLY_IN_NEXT_DAYS -> ChronoUnit.DAYS.between(today, next(day, today)) <= yearlyWithin(wanted);
            default -> days(operator, wanted, today).contains(day);
        };
    }

    static Window.Days days(Operator operator, List<String> values, LocalDate today) {
        return switch (operator) {
            case IS -> new Window.Days(day(values, 0), day(values, 0));
            case BEFORE -> new Window.Days(null, day(values, 0).minusDays(1));
            case AFTER -> new Window.Days(day(values, 0).plusDays(1), null);
            case BETWEEN -> new Window.Days(day(values, 0), day(values, 1));
            case IN_LAST_DAYS -> new Window.Days(today.minusDays(number(values) - 1), today);
            case BEFORE_LAST_DAYS -> new Window.Days(null, today.minusDays(number(values)));
            case IN_NEXT_DAYS -> new Window.Days(today, today.plusDays(number(values) - 1));
            default -> throw new IllegalStateException("No days: " + operator);
        };
    }

    /** How many days from today a yearly day may be at most. */
    static long yearlyWithin(List<String> values) {
        return number(values) - 1;
    }

    /** The next time a day comes round; today counts. 29 February is the 28th in a year that has none. */
    static LocalDate next(LocalDate day, LocalDate today) {
        LocalDate next = day.plusYears(today.getYear() - (long) day.getYear());
        return next.isBefore(today) ? day.plusYears(today.getYear() + 1L - day.getYear()) : next;
    }

    private static LocalDate day(List<String> values, int i) {
        return LocalDate.parse(values.get(i));
    }

    private static long number(List<String> values) {
        return Long.parseLong(values.getFirst());
    }
}
