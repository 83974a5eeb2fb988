package io.perennial.customers.imports;

import io.perennial.customers.FileKind;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells files apart by their first bytes, and says of those that cannot be read what to do instead. */
final class FileKinds {

    private static final byte[] OLE2 = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    /** The stream of a workbook with a password, as the directory of an OLE2 file names it. */
    private static final byte[] ENCRYPTED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    /** As an array or an object with names begins; a row that does would be a strange one. */
    private static final Pattern JSON = Pattern.compile("(\\[\\s*)?\\{\\s*(\"[^\"\\n]*\"\\s*:|})");

    private FileKinds() {}

    /**
     * What this file is.
     *
     * @throws ImportRefused if it is nothing that can be imported
     */
    static FileKind of(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(64 << 10);
        }
        if (startsWith(start, 'P', 'K', 3, 4) || startsWith(start, 'P', 'K', 5, 6)) {
            try (Zipped zip = Zipped.open(file)) {
                return zip.kind();
            }
        }
        if (startsWith(start, 0x1F, 0x8B)) {
            return FileKind.GZIP;
        }
        refuse(start);
        return FileKind.TEXT;
    }

    /** What many programs call a spreadsheet and is none that can be read. */
    private static void refuse(byte[] start) {
        if (Arrays.equals(start, 0, Math.min(8, start.length), OLE2, 0, 8)) {
            throw new ImportRefused(Texts.t(
                    contains(start, ENCRYPTED) ? "customers.refused.password" : "customers.refused.old_workbook"));
        }
        if (startsWith(start, '%', 'P', 'D', 'F')) {
            throw new ImportRefused(Texts.t("customers.refused.pdf"));
        }
        String text = new String(start, 0, Math.min(start.length, 1_000), StandardCharsets.ISO_8859_1)
                .replace("\u00ef\u00bb\u00bf", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (text.startsWith("<html")
                || text.startsWith("<!doctype html")
                || text.startsWith("<table")
                || text.startsWith("<?xml")) {
            throw new ImportRefused(Texts.t("customers.refused.markup"));
        }
        if (JSON.matcher(text).lookingAt()) {
            throw new ImportRefused(Texts.t("customers.refused.json"));
        }
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || bytes[i] != (byte) start[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
