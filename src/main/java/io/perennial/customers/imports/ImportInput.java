package io.perennial.customers.imports;

import io.perennial.customers.CsvFormat;
import io.perennial.customers.FileKind;
import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files of every kind that is understood. */
final class ImportInput {

    private ImportInput() {}

    static RowReader open(Path file, CsvFormat format) throws IOException {
        if (FileKinds.of(file) == FileKind.WORKBOOK) {
            return Workbook.open(file).rows(format.part(), format.decimal());
        }
        Text text = text(file, format.part());
        return RowReader.open(text.in(), format, text.position());
    }

    /** The beginning of a text, unpacked. */
    static byte[] sample(Path file, String part) throws IOException {
        try (InputStream in = text(file, part).in()) {
            return in.readNBytes(FormatGuess.SAMPLE);
        }
    }

    /** The sheets of a workbook or the texts of an archive; none where the file is one text. */
    static List<String> parts(Path file) throws IOException {
        return switch (FileKinds.of(file)) {
            case WORKBOOK -> {
                try (Workbook workbook = Workbook.open(file)) {
                    yield workbook.sheets();
                }
            }
            case ARCHIVE -> {
                try (Zipped zip = Zipped.open(file)) {
                    yield zip.texts();
                }
            }
            case TEXT, GZIP -> List.of();
        };
    }

    /** A text to read, and how far in the file that is. */
    private record Text(InputStream in, LongSupplier position) {}

    private static Text text(Path file, String part) throws IOException {
        return switch (FileKinds.of(file)) {
            case ARCHIVE -> archived(file, part);
            case GZIP -> gzipped(file);
            default -> {
                CountingInput in = new CountingInput(buffered(file));
                yield new Text(in, in::count);
            }
        };
    }

    private static Text archived(Path file, String part) throws IOException {
        Zipped zip = Zipped.open(file);
        try {
            List<String> texts = zip.texts();
            String name = texts.contains(part) ? part : texts.getFirst();
            Unpacking in = zip.read(name);
            return new Text(new WithOwner(new CountingInput(in), zip), () -> zip.position(name, in.count()));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Text gzipped(Path file) throws IOException {
        CountingInput packed = new CountingInput(buffered(file));
        try {
            return new Text(
                    new CountingInput(
                            new Unpacking(new GZIPInputStream(packed, 1 << 16), packed::count, Zipped.MOST_BYTES)),
                    packed::count);
        } catch (ZipException e) {
            packed.close();
            throw new ImportRefused(Texts.t("customers.refused.damaged"));
        }
    }

    private static InputStream buffered(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** Closes the archive with its entry. */
    private static final class WithOwner extends FilterInputStream {

        private final Closeable owner;

        private WithOwner(InputStream in, Closeable owner) {
            super(in);
            this.owner = owner;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                owner.close();
            }
        }
    }
}
