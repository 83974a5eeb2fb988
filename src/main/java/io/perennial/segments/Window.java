package io.perennial.segments;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** Which time counts: days of the tenant's calendar, relative to today or fixed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Window.Ever.class, name = "ever"),
    @JsonSubTypes.Type(value = Window.Last.class, name = "last"),
    @JsonSubTypes.Type(value = Window.Ago.class, name = "ago"),
    @JsonSubTypes.Type(value = Window.Calendar.class, name = "calendar"),
    @JsonSubTypes.Type(value = Window.Dates.class, name = "dates")
})
public sealed interface Window {

    /**
     * The days a window means.
     *
     * @param from first day, or no bound
     * @param until last day, inclusive, or no bound
     */
    record Days(@Nullable LocalDate from, @Nullable LocalDate until) {

        boolean contains(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
        }
    }

    /** The days it means today. */
    Days days(LocalDate today);

    /** Without bounds. */
    record Ever() implements Window {
        @Override
        public Days days(LocalDate today) {
            return new Days(null, null);
        }
    }

    /** The last so many units, today included: the last 7 days are today and the six before it. */
    record Last(int count, Unit unit) implements Window {
        @Override
        public Days days(LocalDate today) {
            LocalDate before = switch (unit) {
                case DAYS -> today.minusDays(count);
                case WEEKS -> today.minusWeeks(count);
                case MONTHS -> today.minusMonths(count);
            };
            return new Days(before.plusDays(1), null);
        }
    }

    enum Unit {
        DAYS(RuleLimits.WINDOW_DAYS),
        WEEKS(RuleLimits.WINDOW_DAYS / 7),
        MONTHS(RuleLimits.WINDOW_DAYS / 31);

        private final int most;

        Unit(int most) {
            this.most = most;
        }

        /** How many a window may hold at most. */
        public int most() {
            return most;
        }
    }

    /** Between so many days ago and so many, both included; today is 0 days ago. */
    record Ago(int least, int most) implements Window {
        @Override
        public Days days(LocalDate today) {
            return new Days(today.minusDays(most), today.minusDays(least));
        }
    }

    /** A piece of the calendar. */
    record Calendar(Piece piece) implements Window {
        @Override
        public Days days(LocalDate today) {
            LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            LocalDate month = today.withDayOfMonth(1);
            LocalDate quarter = month.with(month.getMonth().firstMonthOfQuarter());
            LocalDate year = month.with(Month.JANUARY);
            return switch (piece) {
                case TODAY -> new Days(today, today);
                case YESTERDAY -> new Days(today.minusDays(1), today.minusDays(1));
                case THIS_WEEK -> before(week, week.plusWeeks(1));
                case LAST_WEEK -> before(week.minusWeeks(1), week);
                case THIS_MONTH -> before(month, month.plusMonths(1));
                case LAST_MONTH -> before(month.minusMonths(1), month);
                case THIS_QUARTER -> before(quarter, quarter.plusMonths(3));
                case LAST_QUARTER -> before(quarter.minusMonths(3), quarter);
                case THIS_YEAR -> before(year, year.plusYears(1));
                case LAST_YEAR -> before(year.minusYears(1), year);
            };
        }

        private static Days before(LocalDate from, LocalDate end) {
            return new Days(from, end.minusDays(1));
        }
    }

    /** Weeks begin on Monday. */
    enum Piece {
        TODAY,
        YESTERDAY,
        THIS_WEEK,
        LAST_WEEK,
        THIS_MONTH,
        LAST_MONTH,
        THIS_QUARTER,
        LAST_QUARTER,
        THIS_YEAR,
        LAST_YEAR
    }

    /**
     * Fixed days.
     *
     * @param from first day (ISO date), or no bound
     * @param until last day (ISO date), inclusive, or no bound
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Dates(@Nullable String from, @Nullable String until) implements Window {
        @Override
        public Days days(LocalDate today) {
            return new Days(date(from), date(until));
        }

        private static @Nullable LocalDate date(@Nullable String text) {
            return text == null ? null : LocalDate.parse(text);
        }
    }

    static Window ever() {
        return new Ever();
    }

    static Window lastDays(int days) {
        return new Last(days, Unit.DAYS);
    }

    static Window between(@Nullable String from, @Nullable String until) {
        return new Dates(from, until);
    }
}
