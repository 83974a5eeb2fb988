package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportJob;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;

/** What is said about an import. */
final class ImportTexts {

    private ImportTexts() {}

    static StatusBadge badge(ImportJob job, boolean undone) {
        return new StatusBadge(state(job, undone), tone(job, undone));
    }

    static String state(ImportJob job, boolean undone) {
        return t("customers.import.state." + (undone ? "undone" : key(job.state())));
    }

    static Tone tone(ImportJob job, boolean undone) {
        if (undone) {
            return Tone.NEUTRAL;
        }
        return switch (job.state()) {
            case DONE -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case INTERRUPTED, PAUSED -> Tone.ATTENTION;
            case CANCELLED -> Tone.NEUTRAL;
            case QUEUED, RUNNING -> Tone.INFO;
        };
    }

    /** What it came to, in sentences. */
    static String counts(ImportJob job) {
        ImportCounts c = job.counts();
        String time = job.dryRun() ? "dry" : "done";
        StringBuilder text = new StringBuilder(t(
                "customers.import.counts." + time + "." + key(job.kind()),
                c.created(),
                c.updated(),
                c.unchanged(),
                c.rejected(),
                c.rows()));
        if (c.customersCreated() > 0) {
            text.append(' ').append(t("customers.import.counts.customers", c.customersCreated()));
        }
        if (c.skipped() > 0) {
            text.append(' ').append(t("customers.import.counts." + time + ".skipped", c.skipped()));
        }
        if (c.cleared() > 0) {
            text.append(' ').append(t("customers.import.counts." + time + ".cleared", c.cleared()));
        }
        return text.toString();
    }

    /** What it is, whose, and from when. */
    static String what(ImportJob job, ZoneId zone) {
        return t(
                "customers.import.history_what",
                t("customers.import.kind." + key(job.kind())),
                job.startedBy(),
                Formats.dateTime(job.queuedAt(), zone));
    }

    static String inShort(ImportJob job) {
        ImportCounts c = job.counts();
        return t("customers.import.counts.short", c.created(), c.updated(), c.rejected());
    }

    /** How fast it goes and how long it will take: 12,400 rows a second, about 3 minutes left. */
    static String pace(double rowsPerSecond, double secondsLeft) {
        String pace = t("customers.import.pace", Formats.number(Math.round(rowsPerSecond)));
        Duration left = Duration.ofSeconds(Math.round(secondsLeft));
        return left.toSeconds() < 90
                ? t("customers.import.left_seconds", pace, Math.max(1, left.toSeconds()))
                : t("customers.import.left_minutes", pace, (left.toSeconds() + 30) / 60);
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
