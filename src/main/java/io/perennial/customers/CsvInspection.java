package io.perennial.customers;

import java.util.List;

/**
 * The beginning of a file, read with a format.
 *
 * @param header the first row where it names the columns, else "1", "2", …
 * @param rows the first rows after it, each as wide as it is in the file
 * @param tooWide whether there are more columns than are read
 */
public record CsvInspection(CsvFormat format, List<String> header, List<List<String>> rows, boolean tooWide) {

    public CsvInspection {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
