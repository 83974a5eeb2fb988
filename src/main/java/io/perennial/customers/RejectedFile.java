package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.perennial.customers.imports.SafeCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Gathers the rejected rows of one import into a CSV file, handed on in pieces. */
class RejectedFile {

    private static final int PIECE = 256 << 10;
    private static final long MOST = 200L << 20;
    private static final int LONGEST_CELL = 5_000;

    private final char separator;
    private final BiConsumer<Integer, byte[]> pieces;
    private final StringBuilder text = new StringBuilder();
    private List<String> header = List.of();
    private int part;
    private long written;
    private boolean begun;

    /**
     * @param pieces takes the number of each piece, from 0, and its bytes
     */
    RejectedFile(CsvFormat format, BiConsumer<Integer, byte[]> pieces) {
        this.separator = format.separator() == CsvFormat.Separator.WHITESPACE
                ? ','
                : format.separator().sign();
        this.pieces = pieces;
    }

    void header(List<String> names) {
        header = List.copyOf(names);
    }

    void add(RejectedRow row) {
        if (written > MOST) {
            return; // the count goes on; nobody repairs a file of millions of bad rows by hand
        }
        if (!begun) {
            begun = true;
            text.append(SafeCsv.BYTE_ORDER_MARK);
            List<String> names = new ArrayList<>(List.of(
                    t("customers.rejected.line"), t("customers.rejected.column"), t("customers.rejected.reason")));
            names.addAll(header);
            SafeCsv.row(text, separator, names);
        }
        List<String> cells = new ArrayList<>(List.of(Long.toString(row.line()), row.column(), row.reason()));
        row.cells().forEach(c -> cells.add(c.length() > LONGEST_CELL ? c.substring(0, LONGEST_CELL) + "…" : c));
        SafeCsv.row(text, separator, cells);
        if (text.length() > PIECE) {
            flush();
        }
    }

    /** The first rows of such a file, for the page. */
    static List<RejectedRow> read(byte[] firstPiece, int most) {
        String text = new String(firstPiece, StandardCharsets.UTF_8);
        String words = text.startsWith(SafeCsv.BYTE_ORDER_MARK) ? text.substring(1) : text;
        char separator = (char) words.chars()
                .filter(c -> !Character.isLetter(c) && c != ' ' && c != '"')
                .findFirst()
                .orElse(',');
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(separator).ofCsvRecord(words)) {
            return reader.stream()
                    .skip(1)
                    .limit(most)
                    .map(row -> new RejectedRow(
                            Long.parseLong(row.getField(0)),
                            row.getField(1),
                            row.getField(2),
                            row.getFields().subList(3, row.getFieldCount())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() {
        if (!text.isEmpty()) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            written += bytes.length;
            pieces.accept(part++, bytes);
            text.setLength(0);
        }
    }
}
