package io.perennial.customers;

import io.perennial.customers.imports.ContentGuess;
import java.util.List;
import java.util.stream.Stream;

/**
 * The beginning of a file, read with a format.
 *
 * @param parts the sheets of a workbook or the texts of an archive, of which the format names one; else empty
 * @param header the first row where it names the columns, else "1", "2", …
 * @param rows the first rows after it, each as wide as it is in the file
 * @param tooWide whether there are more columns than are read
 */
public record CsvInspection(
        FileKind kind,
        List<String> parts,
        CsvFormat format,
        List<String> header,
        List<List<String>> rows,
        boolean tooWide) {

    public CsvInspection {
        parts = List.copyOf(parts);
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** What the columns mean: by the header's words, or by the cells where there is no header. */
    public ImportMapping guess(ImportKind kind) {
        return format.header() ? ImportMapping.guess(kind, header) : ContentGuess.guess(kind, rows);
    }

    /**
     * What the rows are: orders where there are dates and amounts, suppressions where there is a reason, consents where
     * there is a topic and a decision, else customers.
     */
    public ImportKind guessKind() {
        ImportMapping orders = guess(ImportKind.ORDERS);
        boolean worth = orders.has(ImportField.AMOUNT)
                || orders.has(ImportField.UNIT_PRICE)
                || orders.has(ImportField.ORDER_TOTAL);
        if (worth && orders.has(ImportField.ORDERED_AT)) {
            return ImportKind.ORDERS;
        }
        if (guess(ImportKind.SUPPRESSIONS).has(ImportField.REASON)) {
            return ImportKind.SUPPRESSIONS;
        }
        ImportMapping consents = guess(ImportKind.CONSENTS);
        return consents.has(ImportField.TOPIC) && consents.has(ImportField.DECISION)
                ? ImportKind.CONSENTS
                : ImportKind.CUSTOMERS;
    }

    /** Whether everything is one column with signs in it that separate cells elsewhere. */
    public boolean looksUnseparated() {
        return kind.isText()
                && header.size() == 1
                && Stream.concat(Stream.of(header), rows.stream())
                        .flatMap(List::stream)
                        .anyMatch(cell -> cell.chars().anyMatch(c -> ",;\t|".indexOf(c) >= 0));
    }
}
