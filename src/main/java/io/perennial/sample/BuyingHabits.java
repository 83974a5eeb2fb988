package io.perennial.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * How customers of a business come, buy and stay away, in the terms of the MBG/NBD model: purchases are Poisson with a
 * rate that differs by customer (gamma), and after each purchase a customer leaves for good with a probability that
 * differs by customer (beta).
 *
 * @param shape of the gamma distribution of daily rates
 * @param scale its rate parameter in days: the mean gap is about {@code scale / shape}
 * @param leaveA first parameter of the beta distribution of leaving
 * @param leaveB second parameter
 * @param basket mean number of further lines on an order
 * @param growth how many times more customers come at the end of the three years than at their start
 * @param months demand by month, 1 for an average one, January first
 * @param weekdays demand by weekday, Monday first
 */
record BuyingHabits(
        double shape,
        double scale,
        double leaveA,
        double leaveB,
        double basket,
        double growth,
        double[] months,
        double[] weekdays) {

    /** Demand of a day beside an average one. */
    double season(LocalDate day) {
        return months[day.getMonthValue() - 1] * weekdays[day.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue()];
    }

    /** No day has more. */
    double highestSeason() {
        return highest(months) * highest(weekdays);
    }

    private static double highest(double[] values) {
        double highest = 0;
        for (double value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }
}
