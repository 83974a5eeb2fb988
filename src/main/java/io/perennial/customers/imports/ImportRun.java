package io.perennial.customers.imports;

import io.perennial.customers.ErasedPeople;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportPolicy;
import io.perennial.kernel.TenantId;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all chunks of one import share.
 *
 * @param now when it began, in UTC
 * @param rowsOfChunk rows of a chunk, or 0 for what suits the kind
 */
record ImportRun(
        TenantId tenant,
        ZoneId zone,
        Currency currency,
        ImportOptions options,
        Cells cells,
        LocalDateTime now,
        ErasedPeople.Known erased,
        int rowsOfChunk) {

    /** How many rows a chunk gets. */
    int chunkOr(int suitable) {
        return rowsOfChunk > 0 ? rowsOfChunk : suitable;
    }

    /** The day on which it began, in the business's zone. */
    LocalDate today() {
        return now.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDate();
    }

    /** Where a consent comes from that this import records. */
    String evidence() {
        return evidence(options.source());
    }

    static String evidence(String source) {
        String text = "import " + source;
        return text.length() > 100 ? text.substring(0, 100) : text;
    }

    /** The fields that a blank cell empties: those with a column, if the policy says so, but never what says who it is. */
    Set<ImportField> clearing() {
        return options.policy().blanks() == ImportPolicy.Blanks.KEEP
                ? Set.of()
                : StoredCustomer.FIELDS.stream()
                        .filter(f -> f != ImportField.EXTERNAL_ID && f != ImportField.EMAIL)
                        .filter(f -> cells.has(f)
                                || ((f == ImportField.FIRST_NAME || f == ImportField.LAST_NAME)
                                        && cells.has(ImportField.FULL_NAME)))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
