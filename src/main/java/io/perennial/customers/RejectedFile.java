package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.imports.RawRow;
import io.perennial.customers.imports.RowReader;
import io.perennial.kernel.SafeCsv;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Gathers the rejected rows of one import into a CSV file, handed on in pieces. */
class RejectedFile {

    /** How many columns stand before those of the file whose rows they are. */
    static final int BEFORE = 3;

    private static final int PIECE = 256 << 10;
    private static final long MOST = 200L << 20;
    private static final int LONGEST_CELL = 5_000;

    private final char separator;
    private List<String> header = List.of();
    private int part;
    private long written;
    private List<RejectedPiece> pending = List.of();

    /**
     * @param part the number of the next piece; the first, 0, begins with the names of the columns
     * @param written bytes of the pieces before
     */
    RejectedFile(CsvFormat format, int part, long written) {
        this.separator = format.separator() == CsvFormat.Separator.WHITESPACE
                ? ','
                : format.separator().sign();
        this.part = part;
        this.written = written;
    }

    void header(List<String> names) {
        header = List.copyOf(names);
    }

    /** The number of the next piece. */
    int nextPart() {
        return part;
    }

    /** The next pieces: these rows, in pieces that are sent and erased from quickly. */
    List<RejectedPiece> pieces(List<RejectedRow> rows) {
        List<RejectedPiece> pieces = new ArrayList<>();
        RejectedPiece.Maker piece = new RejectedPiece.Maker();
        long bytes = written;
        for (RejectedRow row : rows) {
            if (bytes > MOST) {
                break; // the count goes on; nobody repairs a file of millions of bad rows by hand
            }
            if (part == 0 && pieces.isEmpty() && piece.text.isEmpty()) {
                head(piece.text);
            }
            List<String> cells = new ArrayList<>(List.of(Long.toString(row.line()), row.column(), row.reason()));
            row.cells().forEach(c -> cells.add(c.length() > LONGEST_CELL ? c.substring(0, LONGEST_CELL) + "…" : c));
            SafeCsv.row(piece.text, separator, cells);
            piece.counts(row);
            if (piece.text.length() > PIECE) {
                pieces.add(piece.end());
                bytes += pieces.getLast().content().length;
                piece = new RejectedPiece.Maker();
            }
        }
        if (!piece.text.isEmpty()) {
            pieces.add(piece.end());
        }
        pending = pieces;
        return pieces;
    }

    /** The last pieces are stored. */
    void written() {
        part += pending.size();
        written += pending.stream().mapToLong(piece -> piece.content().length).sum();
        pending = List.of();
    }

    private void head(StringBuilder text) {
        text.append(SafeCsv.BYTE_ORDER_MARK);
        List<String> names = new ArrayList<>(before());
        names.addAll(header);
        SafeCsv.row(text, separator, names);
    }

    private static List<String> before() {
        return List.of(t("customers.rejected.line"), t("customers.rejected.column"), t("customers.rejected.reason"));
    }

    /** Whether these are the columns of such a file. */
    static boolean isHeader(List<String> names) {
        return names.size() > BEFORE
                && names.subList(0, BEFORE).stream().map(String::strip).toList().equals(before());
    }

    /**
     * The rows of a piece.
     *
     * @param headed whether its first row names the columns
     * @param places of each row its place among the reasons
     */
    static List<RejectedRow> read(
            byte[] piece, CsvFormat.Separator separator, boolean headed, byte[] places, List<RejectReason> reasons) {
        List<RejectedRow> rows = new ArrayList<>();
        try (RowReader reader = reader(piece, separator)) {
            if (headed) {
                reader.next(); // the names of the columns
            }
            for (RawRow row = reader.next(); row != null; row = reader.next()) {
                List<String> cells = row.asList();
                int place = RejectedPiece.place(places, rows.size());
                rows.add(new RejectedRow(
                        Long.parseLong(row.cell(0)),
                        row.cell(1),
                        row.cell(2),
                        place >= 0 && place < reasons.size() ? reasons.get(place) : RejectReason.UNKNOWN,
                        cells.subList(Math.min(BEFORE, cells.size()), cells.size())));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RowReader reader(byte[] piece, CsvFormat.Separator separator) throws IOException {
        return RowReader.open(new ByteArrayInputStream(piece), CsvFormat.STANDARD.withSeparator(separator), BEFORE);
    }

    /**
     * What is left of a piece without some rows.
     *
     * @param removed which rows they were, from 0
     */
    record Kept(byte[] content, List<Integer> removed) {}

    /** The separator of a file, by its first piece. */
    static CsvFormat.Separator separatorOf(byte[] firstPiece) {
        String text = new String(firstPiece, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        return separator(end < 0 ? text : text.substring(0, end));
    }

    /**
     * A piece without the rows whose cells, after line, column and reason, are such.
     *
     * @param headed whether its first row names the columns
     */
    static Kept without(byte[] piece, CsvFormat.Separator separator, boolean headed, Predicate<List<String>> unwanted) {
        StringBuilder out = new StringBuilder();
        String text = new String(piece, StandardCharsets.UTF_8);
        if (text.startsWith(SafeCsv.BYTE_ORDER_MARK)) {
            out.append(SafeCsv.BYTE_ORDER_MARK);
        }
        List<Integer> removed = new ArrayList<>();
        int number = 0;
        boolean header = headed;
        try (RowReader reader = reader(piece, separator)) {
            for (RawRow row = reader.next(); row != null; row = reader.next()) {
                List<String> cells = row.asList();
                if (!header && unwanted.test(cells.subList(Math.min(BEFORE, cells.size()), cells.size()))) {
                    removed.add(number);
                } else {
                    SafeCsv.row(out, separator.sign(), cells);
                }
                number += header ? 0 : 1;
                header = false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Kept(out.toString().getBytes(StandardCharsets.UTF_8), removed);
    }

    /** What stands behind the first column's name. */
    private static CsvFormat.Separator separator(String header) {
        return Arrays.stream(CsvFormat.Separator.values())
                .filter(s -> s != CsvFormat.Separator.WHITESPACE && header.indexOf(s.sign()) >= 0)
                .min(Comparator.comparingInt(s -> header.indexOf(s.sign())))
                .orElse(CsvFormat.Separator.COMMA);
    }
}
