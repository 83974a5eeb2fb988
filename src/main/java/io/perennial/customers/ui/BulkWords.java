package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.bulk.BulkJob;
import io.perennial.uikit.Tone;
import java.util.Locale;
import java.util.Objects;

/** What is said of a deed on many. */
final class BulkWords {

    private BulkWords() {}

    /** What it does, with the tag, list or attribute it is about. */
    static String deed(BulkJob job) {
        String deed = t("bulk.name." + kind(job), job.detail());
        return job.undoes() == null ? deed : t("bulk.undo.name", deed);
    }

    /** How it goes, or what came of it. */
    static String state(BulkJob job) {
        if (!job.state().isOver()) {
            return t("bulk.running", deed(job), job.done(), job.total());
        }
        boolean undoing = job.undoes() != null;
        return t(
                (undoing ? "bulk.undo.state." : "bulk.state.") + BulkBar.word(job.state()),
                deed(job),
                job.changed(),
                job.done(),
                Objects.requireNonNullElse(job.problem(), ""),
                job.done() - job.changed(),
                undoing || job.done() == job.changed() ? "" : t("bulk.stayed." + kind(job)));
    }

    static Tone tone(BulkJob job) {
        return switch (job.state()) {
            case QUEUED, RUNNING -> Tone.INFO;
            case FAILED, REFUSED, INTERRUPTED -> Tone.BAD;
            case STOPPED -> Tone.ATTENTION;
            case DONE -> job.changed() == 0 ? Tone.ATTENTION : Tone.GOOD;
        };
    }

    private static String kind(BulkJob job) {
        return job.action().toLowerCase(Locale.ROOT);
    }
}
