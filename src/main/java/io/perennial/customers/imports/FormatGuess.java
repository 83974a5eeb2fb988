package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import io.perennial.customers.CsvFormat.Decimal;
import io.perennial.customers.CsvFormat.Separator;
import io.perennial.customers.CsvInspection;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses how a file is written from its first quarter of a megabyte. */
public final class FormatGuess {

    /** How much of a file is looked at. */
    public static final int SAMPLE = 256 << 10;

    private static final Pattern NUMERIC_DATE = Pattern.compile("^\\s*(\\d{1,2})[./-]\\s?(\\d{1,2})[./-]\\s?\\d{4}");
    private static final Pattern COMMA_DECIMAL = Pattern.compile("^[^a-zA-Z]*\\d,\\d{1,2}\\D*$");

    private FormatGuess() {}

    /**
     * How the file is written.
     *
     * @param country of the business
     * @throws ImportRefused if it is no text
     */
    public static CsvFormat guess(byte[] sample, String country) throws IOException {
        if (sample.length == 0) {
            throw new ImportRefused(Texts.t("customers.refused.empty"));
        }
        if (sample.length > 3 && sample[0] == 'P' && sample[1] == 'K' && sample[2] == 3) {
            throw new ImportRefused(Texts.t("customers.refused.workbook"));
        }
        Charset charset = Encodings.guess(sample, country);
        String text = new String(sample, charset);
        if (isBinary(text)) {
            throw new ImportRefused(Texts.t("customers.refused.binary"));
        }
        Separator separator = separator(text);
        CsvFormat format = new CsvFormat(separator, charset, false, Decimal.POINT, !country.equals("US"));
        List<List<String>> rows = rows(sample, format, 50);
        if (rows.isEmpty()) {
            throw new ImportRefused(Texts.t("customers.refused.empty"));
        }
        boolean header = isHeader(rows);
        List<List<String>> data = header && !rows.isEmpty() ? rows.subList(1, rows.size()) : rows;
        return format.withHeader(header).withDecimal(decimal(data)).withDayFirst(dayFirst(data, format.dayFirst()));
    }

    /** The beginning of the file as this format reads it. */
    public static CsvInspection inspect(byte[] sample, CsvFormat format, int limit) throws IOException {
        List<RawRow> raw = new ArrayList<>();
        try (RowReader reader = RowReader.open(new ByteArrayInputStream(sample), format)) {
            RawRow row;
            while (raw.size() <= limit && (row = reader.next()) != null) {
                raw.add(row);
            }
        }
        int width = raw.stream().mapToInt(r -> r.cells().length).max().orElse(0);
        boolean tooWide = raw.stream().anyMatch(r -> r.width() > RowReader.MAX_COLUMNS);
        List<String> header = new ArrayList<>();
        @Nullable RawRow first = format.header() && !raw.isEmpty() ? raw.getFirst() : null;
        for (int i = 0; i < width; i++) {
            String name = first == null ? "" : first.cell(i).strip();
            header.add(name.isEmpty() ? Integer.toString(i + 1) : name);
        }
        List<List<String>> rows =
                raw.stream().skip(first == null ? 0 : 1).map(RawRow::asList).toList();
        return new CsvInspection(format, header, rows, tooWide);
    }

    /** Text has no zeros and hardly any other control characters. */
    private static boolean isBinary(String text) {
        long controls = text.chars()
                .filter(c -> Character.isISOControl(c) && !Character.isWhitespace(c))
                .count();
        return text.indexOf('\0') >= 0 || controls * 10 > text.length();
    }

    private static List<List<String>> rows(byte[] sample, CsvFormat format, int limit) throws IOException {
        return inspect(sample, format.withHeader(false), limit).rows();
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
