package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.kernel.SafeCsv;
import io.perennial.uikit.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The log as a file, in the words of the page; written while it is read, so memory does not grow with it. */
final class AuditFile {

    private static final int BUFFER = 64 * 1024;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final OutputStream out;
    private final ZoneId zone;
    private final char separator = SafeCsv.separator(Texts.locale());
    private final StringBuilder text = new StringBuilder(BUFFER + 4_096);

    private AuditFile(OutputStream out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    /**
     * @param zone of the times
     * @param out stays open
     */
    static void write(AuditTrail trail, AuditQuery query, ZoneId zone, OutputStream out) {
        AuditFile file = new AuditFile(out, zone);
        file.text.append(SafeCsv.BYTE_ORDER_MARK);
        file.row(List.of(
                t("accounts.audit.when"),
                t("accounts.audit.who"),
                t("accounts.audit.what"),
                t("accounts.audit.changes"),
                t("accounts.audit.where"),
                t("accounts.audit.visit_column")));
        trail.export(query, file::entry);
        file.flush();
    }

    private void entry(AuditEntry entry) {
        row(List.of(
                TIME.format(entry.at().atZone(zone)),
                entry.actorName(),
                AuditGrid.deed(entry),
                entry.changes().stream().map(AuditGrid::change).collect(Collectors.joining("; ")),
                entry.origin() == null ? "" : entry.origin(),
                entry.visitReason() == null ? "" : entry.visitReason()));
    }

    private void row(List<String> cells) {
        SafeCsv.row(text, separator, cells);
        if (text.length() >= BUFFER) {
            flush();
        }
    }

    private void flush() {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.setLength(0);
    }
}
