package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row says about a customer.
 *
 * @param values in the order of {@link StoredCustomer#FIELDS}; nothing where the row is silent
 * @param attributes in the order of {@link AttributeColumns}; nothing where the row is silent
 * @param consentAt when they agreed to be mailed; nothing where the row does not say that they did
 */
record CustomerRow(
        RawRow raw,
        @Nullable Object[] values,
        @Nullable Object[] attributes,
        List<String> tags,
        @Nullable LocalDateTime consentAt) {

    private static final LocalDate OLDEST = LocalDate.of(1900, 1, 1);

    @Nullable
    String externalId() {
        return (String) values[0];
    }

    @Nullable
    String email() {
        return (String) values[1];
    }

    static CustomerRow parse(RawRow row, Cells cells, AttributeColumns attributes, LocalDate today, LocalDateTime now) {
        cells.requireWhole(row);
        @Nullable
        Object[] values = {
            cells.text(row, ImportField.EXTERNAL_ID, 100),
            cells.email(row),
            cells.text(row, ImportField.FIRST_NAME, 100),
            cells.text(row, ImportField.LAST_NAME, 100),
            cells.text(row, ImportField.PHONE, 40),
            cells.gender(row),
            birthday(row, cells, today),
            cells.text(row, ImportField.CITY, 100),
            cells.country(row),
            cells.locale(row),
            cells.zone(row)
        };
        if (values[0] == null && values[1] == null) {
            throw cells.problem(
                    cells.has(ImportField.EXTERNAL_ID) ? ImportField.EXTERNAL_ID : ImportField.EMAIL, "no_key");
        }
        splitFullName(row, cells, values);
        return new CustomerRow(row, values, attributes.read(row, cells), tags(row, cells), consentAt(row, cells, now));
    }

    private static void splitFullName(RawRow row, Cells cells, @Nullable Object[] values) {
        String full = cells.text(row, ImportField.FULL_NAME, 200);
        if (full == null || values[2] != null || values[3] != null) {
            return;
        }
        int space = full.lastIndexOf(' ');
        String first = space < 0 ? full : full.substring(0, space).strip();
        String last = space < 0 ? "" : full.substring(space + 1);
        if (first.length() > 100 || last.length() > 100) {
            throw cells.problem(ImportField.FULL_NAME, "too_long", 100);
        }
        values[2] = first;
        values[3] = last.isEmpty() ? null : last;
    }

    private static @Nullable LocalDate birthday(RawRow row, Cells cells, LocalDate today) {
        String text = cells.text(row, ImportField.BIRTHDAY, 40);
        if (text == null) {
            return null;
        }
        LocalDate day = cells.dates.day(ImportField.BIRTHDAY, text);
        if (day.isAfter(today) || day.isBefore(OLDEST)) {
            throw cells.problem(ImportField.BIRTHDAY, "no_birthday");
        }
        return day;
    }

    private static List<String> tags(RawRow row, Cells cells) {
        String text = cells.text(row, ImportField.TAGS, 2_000);
        if (text == null) {
            return List.of();
        }
        List<String> tags = Arrays.stream(text.split("[,;|]"))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .distinct()
                .toList();
        if (tags.stream().anyMatch(t -> t.length() > 60)) {
            throw cells.problem(ImportField.TAGS, "too_long", 60);
        }
        return tags;
    }

    private static @Nullable LocalDateTime consentAt(RawRow row, Cells cells, LocalDateTime now) {
        if (!cells.yes(row, ImportField.CONSENT)) {
            return null;
        }
        String text = cells.text(row, ImportField.CONSENT_AT, 40);
        if (text == null) {
            return now;
        }
        LocalDateTime at = LocalDateTime.ofInstant(
                cells.dates.moment(ImportField.CONSENT_AT, text).at(), ZoneOffset.UTC);
        if (at.isAfter(now)) {
            throw cells.problem(ImportField.CONSENT_AT, "in_future");
        }
        return at;
    }
}
