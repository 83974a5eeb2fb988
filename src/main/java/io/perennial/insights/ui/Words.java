package io.perennial.insights.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.insights.metrics.Gate;
import io.perennial.insights.metrics.Proportion;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Texts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;

/** How insights says things: months, shares with their intervals, what changed. */
final class Words {

    private Words() {}

    /** "October 2026". */
    static String month(LocalDate month) {
        return DateTimeFormatter.ofPattern("LLLL yyyy", Texts.locale()).format(month);
    }

    /** "October". */
    static String monthName(LocalDate month) {
        return DateTimeFormatter.ofPattern("LLLL", Texts.locale()).format(month);
    }

    /** "Oct 26", for axes. */
    static String shortMonth(LocalDate month) {
        return DateTimeFormatter.ofPattern("LLL yy", Texts.locale()).format(month);
    }

    static String percent(double share) {
        return Formats.percent(share, share >= .0995 ? 0 : 1);
    }

    /** With one decimal always, where neighbours are compared. */
    static String exactPercent(double share) {
        return Formats.percent(share, 1);
    }

    static String interval(Proportion p) {
        return t("insights.interval", exactPercent(p.low()), exactPercent(p.high()));
    }

    static String money(double amount, Currency currency) {
        return Formats.roundMoney(amount, currency);
    }

    /** A forecast sum to three digits: more would pretend to be known. */
    static String about(double amount, Currency currency) {
        return Formats.roundMoney(new BigDecimal(amount).round(new MathContext(3, RoundingMode.HALF_UP)), currency);
    }

    /** Whether two shares differ by more than chance explains (95 %, two-sided, pooled). */
    static boolean differ(Proportion a, Proportion b) {
        if (!a.isKnown() || !b.isKnown()) {
            return false;
        }
        double pooled = (double) (a.count() + b.count()) / (a.of() + b.of());
        double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / a.of() + 1.0 / b.of()));
        return Math.abs(a.share() - b.share()) > 1.96 * error;
    }

    /** What is missing before there is a forecast, and how much. */
    static String missing(Gate gate) {
        return t("insights.gate." + gate.kind().name().toLowerCase(Locale.ROOT), gate.needed(), gate.have());
    }
}
