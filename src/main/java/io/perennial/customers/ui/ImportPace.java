package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.ImportJob;
import io.perennial.customers.ImportState;
import io.perennial.uikit.Formats;
import java.util.function.LongSupplier;

/**
 * How far an import is, and how fast it goes and how long it will take once that can be said. Its pace is counted from the
 * first rows that come while somebody looks: an import that goes on first reads up to where it was.
 */
final class ImportPace {

    private static final double ENOUGH_SECONDS = 1;
    private static final double PATIENT_SECONDS = 3;

    private final LongSupplier nanos;
    private long opened;
    private long rowsAtFirst = -1;
    private long since;
    private long rowsThen;
    private double progressThen;

    ImportPace() {
        this(System::nanoTime);
    }

    ImportPace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** In words, at this moment. */
    String of(ImportJob job) {
        String text = t("customers.import.so_far", job.counts().rows(), Formats.percent(job.progress(), 0));
        if (job.state() == ImportState.QUEUED) {
            return text;
        }
        long now = nanos.getAsLong();
        if (rowsAtFirst < 0) {
            rowsAtFirst = job.counts().rows();
            opened = now;
            return text;
        }
        if (since == 0) {
            if (job.counts().rows() == rowsAtFirst) {
                return rowsAtFirst > 0 && seconds(opened, now) >= PATIENT_SECONDS
                        ? text + " · " + t("customers.import.finding_place")
                        : text;
            }
            since = now;
            rowsThen = job.counts().rows();
            progressThen = job.progress();
            return text;
        }
        double seconds = seconds(since, now);
        double more = job.progress() - progressThen;
        long rows = job.counts().rows() - rowsThen;
        return seconds < ENOUGH_SECONDS || more <= 0 || rows <= 0
                ? text
                : text + " · " + ImportTexts.pace(rows / seconds, seconds * (1 - job.progress()) / more);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
