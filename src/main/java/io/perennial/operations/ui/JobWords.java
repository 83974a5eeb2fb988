package io.perennial.operations.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.operations.OperatorJobs.Rhythm;
import io.perennial.uikit.Formats;
import java.time.Duration;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jobs in words. */
final class JobWords {

    private static final Pattern EVERY_MINUTES = Pattern.compile("\\d+ \\d+/(\\d+) \\* \\* \\* [?*]");
    private static final Pattern HOURLY = Pattern.compile("\\d+ ([\\d,]+) \\* \\* \\* [?*]");
    private static final Pattern DAILY = Pattern.compile("\\d+ (\\d+) (\\d+) \\* \\* [?*]");

    private JobWords() {}

    /** What a job does; for one without words of its own, its name spelled out. */
    static String name(String job) {
        try {
            return t("operations.job." + job.replaceAll("[^A-Za-z0-9-]", "_"));
        } catch (MissingResourceException e) {
            String spelled = job.replaceAll("[./_-]+", " ").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
            return spelled.substring(0, 1).toUpperCase(Locale.ROOT)
                    + spelled.substring(1).toLowerCase(Locale.ROOT);
        }
    }

    static String rhythm(Rhythm rhythm) {
        if (rhythm.cron() != null) {
            return cron(rhythm.cron(), String.valueOf(rhythm.zone()));
        }
        return rhythm.every() == null
                ? t("operations.jobs.as_planned")
                : t("operations.jobs.every", span(rhythm.every()));
    }

    /** The usual ones in words, others as they are written. */
    private static String cron(String expression, String zone) {
        Matcher minutes = EVERY_MINUTES.matcher(expression);
        if (minutes.matches()) {
            return t("operations.jobs.every", span(Duration.ofMinutes(Long.parseLong(minutes.group(1)))));
        }
        Matcher hourly = HOURLY.matcher(expression);
        if (hourly.matches()) {
            return t("operations.jobs.hourly", hourly.group(1).replace(",", ", "));
        }
        Matcher daily = DAILY.matcher(expression);
        return daily.matches()
                ? t(
                        "operations.jobs.daily",
                        "%02d:%02d".formatted(Integer.parseInt(daily.group(2)), Integer.parseInt(daily.group(1))),
                        zone)
                : t("operations.jobs.cron", expression, zone);
    }

    static String span(Duration span) {
        if (span.toMillis() < 1_000) {
            return t("operations.millis", span.toMillis());
        }
        if (span.toSeconds() < 120) {
            return t(
                    "operations.seconds",
                    Formats.decimal(span.toMillis() / 1_000.0, span.toMillis() % 1_000 == 0 ? 0 : 1));
        }
        return span.toMinutes() < 120
                ? t("operations.minutes", span.toMinutes())
                : t("operations.hours", span.toHours());
    }
}
