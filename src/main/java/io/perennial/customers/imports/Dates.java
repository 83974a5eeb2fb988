package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as shops write them, read in the business's zone unless they carry an offset: 2026-03-29,
 * 2026-03-29T10:15:30+02:00, 2026/03/29 10:15, 29.3.2026 10:15, 3/29/2026 1:05 PM, 20260329, 20260329101530.
 *
 * <p>A local time that the clocks skip in spring is moved forward by the gap; one that occurs twice in autumn is the
 * earlier of the two.
 */
class Dates {

    private static final String TIME =
            "(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([AaPp]\\.?[Mm]\\.?)?\\s*"
                    + "(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?)?";
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.]\\s?(\\d{1,2})[-/.]\\s?(\\d{1,2})" + TIME);
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})[-/.]\\s?(\\d{1,2})[-/.]\\s?(\\d{4})" + TIME);
    private static final Pattern COMPACT =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:[T ]?(\\d{2})(\\d{2})(\\d{2})?)?");

    private final ZoneId zone;
    private final boolean dayFirst;

    private String lastText = "";
    private @Nullable Moment last;

    /** A moment and the day it falls on in the business's zone. */
    record Moment(Instant at, LocalDate on) {}

    Dates(ZoneId zone, boolean dayFirst) {
        this.zone = zone;
        this.dayFirst = dayFirst;
    }

    /** The moment a text names; a day alone is its beginning. Called by the reading thread alone. */
    Moment moment(@Nullable ImportField field, String text) {
        Moment known = last; // of the row before, which may be one of the same order
        if (known == null || !text.equals(lastText)) {
            known = read(field, text);
            last = known;
            lastText = text;
        }
        return known;
    }

    private Moment read(@Nullable ImportField field, String text) {
        try {
            if (isPlain(text)) {
                LocalDate date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
                return local(
                        date,
                        text.length() == 10
                                ? null
                                : LocalTime.of(
                                        digits(text, 11, 13),
                                        digits(text, 14, 16),
                                        text.length() == 16 ? 0 : digits(text, 17, 19)));
            }
            Matcher m = YEAR_FIRST.matcher(text);
            if (m.matches()) {
                return moment(date(m.group(1), m.group(2), m.group(3)), m);
            }
            m = YEAR_LAST.matcher(text);
            if (m.matches()) {
                boolean swap = !dayFirst && text.indexOf('.') < 0;
                return moment(date(m.group(3), m.group(swap ? 1 : 2), m.group(swap ? 2 : 1)), m);
            }
            m = COMPACT.matcher(text);
            if (m.matches()) {
                LocalDate date = date(m.group(1), m.group(2), m.group(3));
                LocalTime time = m.group(4) == null
                        ? null
                        : LocalTime.of(
                                number(m.group(4)), number(m.group(5)), m.group(6) == null ? 0 : number(m.group(6)));
                return local(date, time);
            }
        } catch (DateTimeException e) {
            throw new CellProblem(Problem.of(field, "impossible_date"));
        }
        throw new CellProblem(Problem.of(field, "no_date"));
    }

    /** The day a text names, without regard to zones. */
    LocalDate day(@Nullable ImportField field, String text) {
        return moment(field, text).on();
    }

    private Moment moment(LocalDate date, Matcher m) {
        if (m.group(4) == null) {
            return local(date, null);
        }
        int hour = number(m.group(4));
        if (m.group(8) != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("hour");
            }
            hour = hour % 12 + (Character.toLowerCase(m.group(8).charAt(0)) == 'p' ? 12 : 0);
        }
        int nanos = m.group(7) == null ? 0 : number((m.group(7) + "00000000").substring(0, 9));
        LocalTime time = LocalTime.of(
                hour, number(m.group(5)), m.group(6) == null ? 0 : number(m.group(6)), nanos / 1000 * 1000);
        String offset = m.group(9);
        if (offset == null) {
            return local(date, time);
        }
        ZoneOffset shift = Character.isLetter(offset.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(offset);
        ZonedDateTime at = date.atTime(time).atOffset(shift).atZoneSameInstant(zone);
        return new Moment(at.toInstant(), at.toLocalDate());
    }

    private Moment local(LocalDate date, @Nullable LocalTime time) {
        ZonedDateTime at =
                time == null ? date.atStartOfDay(zone) : date.atTime(time).atZone(zone);
        return new Moment(at.toInstant(), date);
    }

    private static LocalDate date(String year, String month, String day) {
        return LocalDate.of(number(year), number(month), number(day));
    }

    /** Whether a text is 2026-03-29, 2026-03-29T10:15 or 2026-03-29 10:15:30, as most are, all else apart. */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length != 10 && length != 16 && length != 19) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean fits = switch (i) {
                case 4, 7 -> c == '-';
                case 10 -> c == 'T' || c == ' ';
                case 13, 16 -> c == ':';
                default -> c >= '0' && c <= '9';
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
