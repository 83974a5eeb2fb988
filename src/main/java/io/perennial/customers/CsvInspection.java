package io.perennial.customers;

import io.perennial.customers.imports.ContentGuess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The beginning of a file, read with a format.
 *
 * @param parts the sheets of a workbook or the texts of an archive, of which the format names one; else empty
 * @param header the first row where it names the columns, else "1", "2", …
 * @param rows the first rows after it, each as wide as it is in the file
 * @param tooWide whether there are more columns than are read
 * @param accented a few cells with letters beyond a to z, from anywhere in the sample: by these a person sees whether the
 *     encoding is right. Empty where the file itself says how it is written
 */
public record CsvInspection(
        FileKind kind,
        List<String> parts,
        CsvFormat format,
        List<String> header,
        List<List<String>> rows,
        boolean tooWide,
        List<String> accented) {

    public CsvInspection {
        parts = List.copyOf(parts);
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        accented = List.copyOf(accented);
    }

    /** The file's own header, without what a list of rejected rows has before it. */
    public List<String> ownHeader() {
        return isOfRejected() ? header.subList(RejectedFile.BEFORE, header.size()) : header;
    }

    /** The names by which the columns are understood: those before rejected rows mean nothing. */
    public List<String> names() {
        if (!isOfRejected()) {
            return header;
        }
        List<String> names = new ArrayList<>(Collections.nCopies(RejectedFile.BEFORE, ""));
        names.addAll(ownHeader());
        return names;
    }

    /** Whether it is a list of rejected rows, repaired and imported again. */
    private boolean isOfRejected() {
        return format.header() && RejectedFile.isHeader(header);
    }

    /** What the columns mean: by the header's words, or by the cells where there is no header. */
    public ImportMapping guess(ImportKind kind) {
        return format.header() ? ImportMapping.guess(kind, names()) : ContentGuess.guess(kind, rows);
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
