package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFilesTest {

    @TempDir
    Path parent;

    @Test
    void nobodyElseCanReadThem() throws Exception {
        Path file = new ImportFiles(parent, 1_000, 0).fresh();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void whatAKilledProcessLeftIsSweptAfterADay() throws Exception {
        Path left = new ImportFiles(parent, 1_000, 0).fresh();
        Path other = Files.writeString(parent.resolve("other.csv"), "not ours");
        ImportFiles files = new ImportFiles(parent, 1_000, 0);
        Path waiting = files.fresh();
        files.sweep();
        assertThat(left).exists();
        for (Path old : new Path[] {left, left.getParent(), other}) {
            Files.setLastModifiedTime(
                    old, FileTime.from(Instant.now(Clock.systemUTC()).minus(Duration.ofDays(2))));
        }
        files.sweep();
        assertThat(left.getParent()).doesNotExist();
        assertThat(waiting).exists();
        assertThat(other).exists();
    }

    @Test
    void theFolderGoesWithTheProcess() throws Exception {
        ImportFiles files = new ImportFiles(parent, 1_000, 0);
        Path waiting = files.fresh();
        files.close();
        assertThat(waiting.getParent()).doesNotExist();
        assertThat(files.fresh()).exists();
    }

    @Test
    void aFileIsTakenUpToWhatFilesMayHave() throws Exception {
        ImportFiles files = new ImportFiles(parent, 1_000, 0);
        Path whole = files.take(new ByteArrayInputStream(new byte[1_000]), 1_000);
        assertThat(whole).hasSize(1_000);
        for (long announced : new long[] {1_001, -1, 5}) { // told so, told nothing, told otherwise
            assertThatExceptionOfType(ImportRefused.class)
                    .isThrownBy(() -> files.take(new ByteArrayInputStream(new byte[1_001]), announced))
                    .withMessage("The file is larger than 1,000\u00a0B. Split it and import the parts.");
        }
        assertThat(waiting()).containsExactly(whole);
    }

    @Test
    void ofAFileThatBreaksOffNothingStays() {
        ImportFiles files = new ImportFiles(parent, 1_000_000, 0);
        InputStream cut = new SequenceInputStream(new ByteArrayInputStream(new byte[200_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("The browser was closed");
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> files.take(cut, 500_000));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aFileForWhichTheDiskHasNoRoomIsRefused() throws Exception {
        long free = Files.getFileStore(parent).getUsableSpace();
        ImportFiles files = new ImportFiles(parent, Long.MAX_VALUE, free * 2);
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> files.take(new ByteArrayInputStream(new byte[10]), 10))
                .withMessageContaining("too little room");
        ImportFiles roomy = new ImportFiles(parent, Long.MAX_VALUE, 0);
        assertThatExceptionOfType(ImportRefused.class)
                .isThrownBy(() -> roomy.take(new ByteArrayInputStream(new byte[10]), free * 2));
        assertThat(waiting()).isEmpty();
    }

    private List<Path> waiting() {
        try (Stream<Path> all = Files.walk(parent)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
