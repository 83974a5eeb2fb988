package io.perennial.customers.imports;

import io.perennial.customers.FileKind;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A ZIP file: an archive, or a workbook. The names in it are only ever looked up in it, never taken for paths. */
class Zipped implements Closeable {

    /** What one text of it may unpack to. */
    static final long MOST_BYTES = 8L << 30;

    private static final int MOST_ENTRIES = 10_000;

    /** Bytes of the names of so many entries, and more than they need. */
    private static final long MOST_DIRECTORY = 16L << 20;

    private static final Set<String> TEXTS = Set.of("csv", "tsv", "txt", "tab", "psv", "asc");

    private final ZipFile zip;
    private final long size;

    private Zipped(ZipFile zip, long size) {
        this.zip = zip;
        this.size = size;
    }

    /** @throws ImportRefused if it has a password or is damaged */
    static Zipped open(Path file) throws IOException {
        long size = java.nio.file.Files.size(file);
        // Reading an archive begins with its whole directory in memory: how large that is has to be known before.
        if (ZipEnd.directorySize(file) > MOST_DIRECTORY) {
            throw crowded();
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.ISO_8859_1); // names marked as UTF-8 are read so
        } catch (ZipException e) {
            boolean locked = Objects.requireNonNullElse(e.getMessage(), "").contains("encrypted");
            throw new ImportRefused(
                    Texts.t(locked ? "customers.refused.archive_password" : "customers.refused.damaged"));
        }
        if (zip.size() > MOST_ENTRIES) {
            zip.close();
            throw crowded();
        }
        return new Zipped(zip, size);
    }

    private static ImportRefused crowded() {
        return new ImportRefused(Texts.t("customers.refused.archive_crowded", MOST_ENTRIES));
    }

    /** @throws ImportRefused if it is neither a workbook that can be read nor an archive with a text */
    FileKind kind() {
        if (has("xl/workbook.xml")) {
            return FileKind.WORKBOOK;
        }
        if (has("xl/workbook.bin")) {
            throw new ImportRefused(Texts.t("customers.refused.old_workbook"));
        }
        if (has("mimetype") || has("content.xml") || has("Index/Document.iwa")) {
            throw new ImportRefused(Texts.t("customers.refused.other_workbook"));
        }
        if (has("[Content_Types].xml")) {
            throw new ImportRefused(Texts.t("customers.refused.binary"));
        }
        if (texts().isEmpty()) {
            throw new ImportRefused(Texts.t("customers.refused.archive_without_text"));
        }
        return FileKind.ARCHIVE;
    }

    /** The texts in an archive, by their names in it. */
    List<String> texts() {
        return zip.stream()
                .filter(e -> !e.isDirectory())
                .map(ZipEntry::getName)
                .filter(name -> !name.startsWith("__MACOSX/"))
                .filter(name ->
                        TEXTS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)))
                .sorted()
                .toList();
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /**
     * Unpacks an entry as it is read.
     *
     * @throws ImportRefused if there is none of this name
     */
    Unpacking read(String name) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ImportRefused(Texts.t("customers.refused.damaged"));
        }
        long packed = Math.min(size, Math.max(0, entry.getCompressedSize()));
        try {
            InputStream in = zip.getInputStream(entry);
            return new Unpacking(in, () -> packed, MOST_BYTES);
        } catch (ZipException e) {
            throw new ImportRefused(Texts.t("customers.refused.damaged"));
        }
    }

    /** How far in the file an entry's unpacked bytes are, as good as the archive's own figures are. */
    long position(String name, long unpacked) {
        ZipEntry entry = zip.getEntry(name);
        long whole = entry == null ? 0 : entry.getSize();
        return whole <= 0 ? 0 : Math.min(size, (long) ((double) size * unpacked / whole));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
