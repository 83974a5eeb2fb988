package io.perennial.segments.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.SegmentSize;
import io.perennial.uikit.Formats;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.jspecify.annotations.Nullable;

/** Says sizes and how they moved. */
final class SizeWords {

    private SizeWords() {}

    /** "+12", "−3", "no change", or a dash where it is not known. */
    static String change(@Nullable Long by) {
        if (by == null) {
            return Formats.NONE;
        }
        return by == 0 ? t("segments.size.same") : (by > 0 ? "+" : "\u2212") + Formats.number(Math.abs(by));
    }

    /** How right a figure is: being counted, as of a time. */
    static String state(SegmentSize size, ZoneId zone) {
        if (size.failure() != null) {
            return t("segments.size.failed");
        }
        if (size.members() == null) {
            return t("segments.size.first");
        }
        return size.recounting() ? t("segments.size.recounting") : t("segments.size.as_of", time(size.asOf(), zone));
    }

    /** The time where it is of today, else the day too. */
    static String time(@Nullable Instant at, ZoneId zone) {
        if (at == null) {
            return Formats.NONE;
        }
        boolean today =
                at.atZone(zone).toLocalDate().equals(Instant.now().atZone(zone).toLocalDate());
        return today
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                        .withLocale(io.perennial.uikit.Texts.locale())
                        .format(at.atZone(zone))
                : Formats.dateTime(at, zone);
    }
}
