package io.perennial.operations.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.operations.OperatorJobs.Rhythm;
import io.perennial.uikit.Formats;
import java.time.Duration;
import java.util.Locale;
import java.util.MissingResourceException;

/** Jobs in words. */
final class JobWords {

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
            return t("operations.jobs.cron", rhythm.cron(), String.valueOf(rhythm.zone()));
        }
        return rhythm.every() == null
                ? t("operations.jobs.as_planned")
                : t("operations.jobs.every", span(rhythm.every()));
    }

    static String span(Duration span) {
        if (span.toMillis() < 1_000) {
            return t("operations.millis", span.toMillis());
        }
        if (span.toSeconds() < 120) {
            return t("operations.seconds", Formats.decimal(span.toMillis() / 1_000.0, span.toMillis() % 1_000 == 0 ? 0 : 1));
        }
        return span.toMinutes() < 120
                ? t("operations.minutes", span.toMinutes())
                : t("operations.hours", span.toHours());
    }
}
