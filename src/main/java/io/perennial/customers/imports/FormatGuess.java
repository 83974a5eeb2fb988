package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvFormat.Decimal;
import io.perennial.customers.CsvFormat.Separator;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.FileKind;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses how a file is written from its first quarter of a megabyte. */
public final class FormatGuess {

    /** How much of a file is looked at. */
    static final int SAMPLE = 256 << 10;

    /** Cells with letters beyond a to z that are shown, and how much of each. */
    private static final int ACCENTED = 6;

    private static final int LONGEST_ACCENTED = 40;

    private static final Pattern NUMERIC_DATE = Pattern.compile("^\\s*(\\d{1,2})[./-]\\s?(\\d{1,2})[./-]\\s?\\d{4}");
    private static final Pattern COMMA_DECIMAL = Pattern.compile("^[^a-zA-Z]*\\d,\\d{1,2}\\D*$");

    private FormatGuess() {}

    /**
     * How the file is written, and its beginning.
     *
     * @param country of the business
     * @throws ImportRefused if nothing can be read from it
     */
    public static CsvInspection inspect(Path file, String country, int limit) throws IOException {
        FileKind kind = FileKinds.of(file);
        return inspect(
                file,
                kind == FileKind.WORKBOOK
                        ? ofWorkbook(file, ImportInput.parts(file), country)
                        : ofText(ImportInput.sample(file, ""), country),
                limit);
    }

    /** The beginning of the file as this format reads it. */
    public static CsvInspection inspect(Path file, CsvFormat format, int limit) throws IOException {
        FileKind kind = FileKinds.of(file);
        List<String> parts = ImportInput.parts(file);
        CsvFormat whole = parts.isEmpty() || parts.contains(format.part()) ? format : format.withPart(parts.getFirst());
        if (kind == FileKind.WORKBOOK) {
            return inspection(kind, parts, whole, first(ImportInput.open(file, whole), limit + 1), List.of());
        }
        byte[] sample = ImportInput.sample(file, whole.part());
        return inspection(kind, parts, whole, first(text(sample, whole), limit + 1), accented(text(sample, whole)));
    }

    /** As {@link #inspect(Path, CsvFormat, int)}, with encoding and separator guessed anew: for another file of an archive. */
    public static CsvInspection inspectPart(Path file, CsvFormat format, String country, int limit) throws IOException {
        CsvFormat guessed = FileKinds.of(file) == FileKind.WORKBOOK
                ? ofRows(first(ImportInput.open(file, format.withHeader(false)), 50), format)
                : ofText(ImportInput.sample(file, format.part()), country).withPart(format.part());
        return inspect(file, guessed, limit);
    }

    private static CsvFormat ofText(byte[] sample, String country) throws IOException {
        if (sample.length == 0) {
            throw new ImportRefused(Texts.t("customers.refused.empty"));
        }
        Charset charset = Encodings.guess(sample, country);
        String text = new String(sample, charset);
        if (isBinary(text)) {
            throw new ImportRefused(Texts.t("customers.refused.binary"));
        }
        CsvFormat format = new CsvFormat(separator(text), charset, false, Decimal.POINT, !country.equals("US"));
        return ofRows(first(text(sample, format), 50), format);
    }

    /** The first sheet that has rows. */
    private static CsvFormat ofWorkbook(Path file, List<String> sheets, String country) throws IOException {
        CsvFormat format = CsvFormat.STANDARD.withHeader(false).withDayFirst(!country.equals("US"));
        for (String sheet : sheets) {
            List<RawRow> rows = first(ImportInput.open(file, format.withPart(sheet)), 50);
            if (!rows.isEmpty()) {
                return ofRows(rows, format.withPart(sheet));
            }
        }
        throw new ImportRefused(Texts.t("customers.refused.empty"));
    }

    private static CsvFormat ofRows(List<RawRow> raw, CsvFormat format) {
        if (raw.isEmpty()) {
            throw new ImportRefused(Texts.t("customers.refused.empty"));
        }
        List<List<String>> rows = raw.stream().map(RawRow::asList).toList();
        boolean header = isHeader(rows);
        List<List<String>> data = header ? rows.subList(1, rows.size()) : rows;
        return format.withHeader(header).withDecimal(decimal(data)).withDayFirst(dayFirst(data, format.dayFirst()));
    }

    private static RowReader text(byte[] sample, CsvFormat format) throws IOException {
        return RowReader.open(new ByteArrayInputStream(sample), format);
    }

    private static List<RawRow> first(RowReader rows, int limit) throws IOException {
        List<RawRow> raw = new ArrayList<>();
        try (rows) {
            RawRow row;
            while (raw.size() < limit && (row = rows.next()) != null) {
                raw.add(row);
            }
        }
        return raw;
    }

    private static List<String> accented(RowReader rows) throws IOException {
        Set<String> cells = new LinkedHashSet<>();
        try (rows) {
            RawRow row;
            while (cells.size() < ACCENTED && (row = rows.next()) != null) {
                row.asList().stream()
                        .map(String::strip)
                        .filter(cell -> cell.chars().anyMatch(c -> c >= 0x80))
                        .map(cell ->
                                cell.length() > LONGEST_ACCENTED ? cell.substring(0, LONGEST_ACCENTED) + "…" : cell)
                        .forEach(cells::add);
            }
        }
        return cells.stream().limit(ACCENTED).toList();
    }

    private static CsvInspection inspection(
            FileKind kind, List<String> parts, CsvFormat format, List<RawRow> raw, List<String> accented) {
        int width = raw.stream().mapToInt(r -> r.asList().size()).max().orElse(0);
        boolean tooWide = raw.stream().anyMatch(r -> r.width() > RowReader.MAX_COLUMNS);
        List<String> header = new ArrayList<>();
        @Nullable RawRow first = format.header() && !raw.isEmpty() ? raw.getFirst() : null;
        for (int i = 0; i < width; i++) {
            String name = first == null ? "" : first.cell(i).strip();
            String shown = name.length() > 200 ? name.substring(0, 200) + "…" : name;
            header.add(shown.isEmpty() ? Integer.toString(i + 1) : shown);
        }
        List<List<String>> rows =
                raw.stream().skip(first == null ? 0 : 1).map(RawRow::asList).toList();
        return new CsvInspection(kind, parts, format, header, rows, tooWide, accented);
    }

    /** Text has hardly any zeros and other control characters. */
    private static boolean isBinary(String text) {
        long controls = text.chars()
                .filter(c -> Character.isISOControl(c) && !Character.isWhitespace(c))
                .count();
        return text.chars().filter(c -> c == 0).count() * 100 > text.length() || controls * 20 > text.length();
    }

    private static Separator separator(String text) {
        List<String> lines = text.lines().filter(l -> !l.isBlank()).limit(50).toList();
        // The last line may be cut by the sample's end.
        List<String> whole = lines.size() > 1 ? lines.subList(0, lines.size() - 1) : lines;
        Separator best = Separator.COMMA;
        double bestScore = 0;
        for (Separator candidate : Separator.values()) {
            double score = candidate == Separator.WHITESPACE
                    ? (bestScore > 0 ? 0 : consistency(whole, l -> l.strip().split("[ \\t]+").length - 1))
                    : consistency(whole, l -> count(l, candidate.sign()));
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** How many separators the most common line has, weighed by how common it is. */
    private static double consistency(List<String> lines, java.util.function.ToIntFunction<String> separators) {
        Map<Integer, Integer> times = new HashMap<>();
        lines.forEach(l -> times.merge(separators.applyAsInt(l), 1, Integer::sum));
        return times.entrySet().stream()
                .filter(e -> e.getKey() > 0)
                .mapToDouble(e -> (double) e.getValue() / lines.size() * (1 + Math.log(e.getKey())))
                .max()
                .orElse(0);
    }

    private static int count(String line, char sign) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == sign && !quoted) {
                count++;
            }
        }
        return count;
    }

    private static boolean isHeader(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return false;
        }
        List<String> first = rows.getFirst();
        boolean known = Arrays.stream(ImportKind.values())
                .anyMatch(kind -> !ImportMapping.guess(kind, first).columns().isEmpty());
        boolean looksLikeData =
                first.stream().anyMatch(c -> c.contains("@") || c.strip().matches("[-+]?[\\d.,:/-]+"));
        return !looksLikeData && (known || (rows.size() > 1 && first.stream().noneMatch(String::isBlank)));
    }

    private static Decimal decimal(List<List<String>> rows) {
        long commas = rows.stream()
                .flatMap(List::stream)
                .filter(c -> COMMA_DECIMAL.matcher(c).matches())
                .count();
        return commas > 0 ? Decimal.COMMA : Decimal.POINT;
    }

    private static boolean dayFirst(List<List<String>> rows, boolean otherwise) {
        for (List<String> row : rows) {
            for (String cell : row) {
                Matcher date = NUMERIC_DATE.matcher(cell);
                if (date.find()) {
                    if (Integer.parseInt(date.group(1)) > 12) {
                        return true;
                    }
                    if (Integer.parseInt(date.group(2)) > 12) {
                        return false;
                    }
                }
            }
        }
        return otherwise;
    }
}
