package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What a row says that somebody decided.
 *
 * @param topic code or name as it is in the file; nothing for the default one
 * @param at when, in UTC; nothing where the file does not say
 * @param wording the exact text they saw
 */
record ConsentRow(
        RawRow raw,
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String topic,
        Decisions.Consent decision,
        @Nullable LocalDateTime at,
        @Nullable String source,
        @Nullable String wording) {

    static ConsentRow parse(RawRow row, Cells cells, LocalDateTime now) {
        cells.requireWhole(row);
        String externalId = cells.text(row, ImportField.EXTERNAL_ID, 100);
        String email = cells.email(row);
        if (externalId == null && email == null) {
            throw cells.problem(
                    cells.has(ImportField.EXTERNAL_ID) ? ImportField.EXTERNAL_ID : ImportField.EMAIL, "no_key");
        }
        String word = cells.text(row, ImportField.DECISION, 60);
        Decisions.Consent decision = word == null ? null : Decisions.consent(word);
        if (decision == null) {
            throw cells.problem(ImportField.DECISION, "no_decision");
        }
        return new ConsentRow(
                row,
                externalId,
                email,
                cells.text(row, ImportField.TOPIC, 200),
                decision,
                moment(row, cells, ImportField.DECIDED_AT, now),
                cells.text(row, ImportField.SOURCE, 100),
                cells.text(row, ImportField.WORDING, 1_000));
    }

    /** When, in UTC; nobody decided anything in the future. */
    static @Nullable LocalDateTime moment(RawRow row, Cells cells, ImportField field, LocalDateTime now) {
        String text = cells.text(row, field, 60);
        if (text == null) {
            return null;
        }
        LocalDateTime at =
                LocalDateTime.ofInstant(cells.dates.moment(field, text).at(), ZoneOffset.UTC);
        if (at.isAfter(now)) {
            throw cells.problem(field, "in_future");
        }
        return at;
    }
}
