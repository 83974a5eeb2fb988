package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.SuppressionReason;
import io.perennial.kernel.EmailAddress;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An address that a row says is not to be mailed.
 *
 * @param at since when, in UTC; nothing where the file does not say
 */
record SuppressionRow(
        RawRow raw,
        EmailAddress email,
        SuppressionReason reason,
        @Nullable LocalDateTime at,
        @Nullable String note) {

    static SuppressionRow parse(RawRow row, Cells cells, LocalDateTime now) {
        cells.requireWhole(row);
        String address = cells.email(row);
        if (address == null) {
            throw cells.problem(ImportField.EMAIL, "no_email");
        }
        String word = cells.text(row, ImportField.REASON, 60);
        SuppressionReason reason = word == null ? SuppressionReason.MANUAL : Decisions.reason(word);
        if (reason == null) {
            throw cells.problem(ImportField.REASON, "no_reason");
        }
        return new SuppressionRow(
                row,
                new EmailAddress(address),
                reason,
                ConsentRow.moment(row, cells, ImportField.SUPPRESSED_AT, now),
                cells.text(row, ImportField.NOTE, 1_000));
    }
}
