package io.perennial.customers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFilesTest {

    @TempDir
    Path parent;

    @Test
    void nobodyElseCanReadThem() throws Exception {
        Path file = new ImportFiles(parent).fresh();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void whatAKilledProcessLeftIsSweptAfterADay() throws Exception {
        Path left = new ImportFiles(parent).fresh();
        Path other = Files.writeString(parent.resolve("other.csv"), "not ours");
        ImportFiles files = new ImportFiles(parent);
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
        ImportFiles files = new ImportFiles(parent);
        Path waiting = files.fresh();
        files.close();
        assertThat(waiting.getParent()).doesNotExist();
        assertThat(files.fresh()).exists();
    }
}
