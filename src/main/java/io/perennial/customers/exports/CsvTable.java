package io.perennial.customers.exports;

import io.perennial.kernel.SafeCsv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma or semicolon separated, in UTF-8. */
class CsvTable implements Table {

    private static final int BUFFER = 64 * 1024;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final OutputStream out;
    private final ExportFormat format;
    private final StringBuilder text = new StringBuilder(BUFFER + 4096);

    CsvTable(OutputStream out, ExportFormat format) {
        this.out = out;
        this.format = format;
        if (format != ExportFormat.CSV_PLAIN) {
            text.append(SafeCsv.BYTE_ORDER_MARK);
        }
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) {
        List<String> words = new ArrayList<>(cells.size());
        for (Object cell : cells) {
            words.add(word(cell));
        }
        // A negative number begins as a formula does and is none.
        SafeCsv.row(text, format.separator(), words, i -> cells.get(i) instanceof Number);
        if (text.length() >= BUFFER) {
            flush();
        }
    }

    @Override
    public void close() {
        flush();
    }

    private void flush() {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.setLength(0);
    }

    private String word(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case BigDecimal number -> {
                String plain = number.stripTrailingZeros().toPlainString();
                yield format.decimalComma() ? plain.replace('.', ',') : plain;
            }
            case LocalDateTime time -> TIME.format(time);
            default -> cell.toString();
        };
    }
}
