package io.perennial.insights.metrics;

import java.time.LocalDate;

/** Calendar months numbered through, and the month of each day of a stretch of time by table. */
public final class Months {

    private final int firstDay;
    private final int firstMonth;
    private final int[] monthOfDay;
    private final int[] startOfMonth;

    /** Knows the days from one to another, both inclusive. */
    public Months(LocalDate from, LocalDate until) {
        firstDay = (int) from.toEpochDay();
        firstMonth = index(from);
        monthOfDay = new int[(int) (until.toEpochDay() - firstDay) + 1];
        startOfMonth = new int[index(until) - firstMonth + 2];
        for (int m = 0; m < startOfMonth.length; m++) {
            startOfMonth[m] = (int) start(firstMonth + m).toEpochDay();
        }
        int month = 0;
        for (int d = 0; d < monthOfDay.length; d++) {
            if (firstDay + d >= startOfMonth[month + 1]) {
                month++;
            }
            monthOfDay[d] = month;
        }
    }

    /** A month's number: consecutive, year × 12 + month − 1. */
    public static int index(LocalDate day) {
        return day.getYear() * 12 + day.getMonthValue() - 1;
    }

    /** The first day of a month by its number. */
    public static LocalDate start(int index) {
        return LocalDate.of(Math.floorDiv(index, 12), Math.floorMod(index, 12) + 1, 1);
    }

    /** How many months there are. */
    public int count() {
        return startOfMonth.length - 1;
    }

    /** The month of a day, 0 being the first of the stretch. */
    public int of(int epochDay) {
        return monthOfDay[epochDay - firstDay];
    }

    /** The epoch day on which the month begins; the one after the last is known too. */
    public int startDay(int month) {
        return startOfMonth[month];
    }

    /** The number of the first month of the stretch. */
    public int firstIndex() {
        return firstMonth;
    }
}
