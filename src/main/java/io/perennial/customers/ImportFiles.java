package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.Formats;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Where uploaded files wait for their import: a temporary folder of this process's own, since they hold people's data.
 * Whoever is through with a file discards it; what a killed process left behind, or a page that was never left in order,
 * is swept away after a day.
 */
@Component
@EnableConfigurationProperties(ImportProperties.class)
public class ImportFiles {

    private static final Logger log = LoggerFactory.getLogger(ImportFiles.class);
    private static final String PREFIX = "perennial-imports-";
    private static final Duration LONGEST = Duration.ofDays(1);

    /** How often the disk is asked while a file comes in: others fill it too. */
    private static final long LOOK_EACH = 16L << 20;

    private final Path parent;
    private final long largest;
    private final long freeSpace;
    private @Nullable Path folder;

    @Autowired
    ImportFiles(ImportProperties properties) {
        this(
                Objects.requireNonNullElse(properties.folder(), Path.of(System.getProperty("java.io.tmpdir"))),
                properties.largestFile().toBytes(),
                properties.freeSpace().toBytes());
    }

    ImportFiles(Path parent, long largest, long freeSpace) {
        this.parent = parent;
        this.largest = largest;
        this.freeSpace = freeSpace;
    }

    /** How many bytes a file may have. */
    public long largest() {
        return largest;
    }

    /**
     * Takes a file in. Of one that is refused or breaks off, nothing is left.
     *
     * @param in read to its end, or to where it is too much
     * @param announced how many bytes it says to have; negative where it says nothing. Nobody has to keep to it
     * @return where it waits; whoever is through with it discards it
     * @throws ImportRefused if it is larger than files may be, or the disk has no room for it
     */
    public Path take(InputStream in, long announced) throws IOException {
        requireRoom(announced, announced);
        Path file = fresh();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            long checked = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size - checked > LOOK_EACH) {
                    requireRoom(size, 0);
                    checked = size;
                } else if (size > largest) {
                    throw tooLarge();
                }
                out.write(buffer, 0, n);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            discard(file);
            throw e;
        }
    }

    /** @param coming how much more is to be written */
    private void requireRoom(long size, long coming) throws IOException {
        if (size > largest) {
            throw tooLarge();
        }
        Files.createDirectories(parent);
        if (Files.getFileStore(parent).getUsableSpace() - Math.max(0, coming) < freeSpace) {
            log.warn("An upload was refused: {} has less than {} bytes to spare", parent, freeSpace);
            throw new ImportRefused(t("customers.refused.no_room"));
        }
    }

    private ImportRefused tooLarge() {
        return new ImportRefused(t("customers.refused.too_big", Formats.fileSize(largest)));
    }

    /** A new empty file, readable by this process's user only. */
    public synchronized Path fresh() throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            Files.createDirectories(parent);
            folder = Files.createTempDirectory(parent, PREFIX);
        }
        return Files.createTempFile(folder, "upload-", ".csv");
    }

    /** Deletes a file, which may be gone already. */
    public static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("The uploaded file {} could not be deleted", file, e);
        }
    }

    @Scheduled(initialDelay = 30_000, fixedDelay = 3_600_000)
    void sweep() {
        if (!Files.isDirectory(parent)) {
            return; // nothing was uploaded yet
        }
        Instant before = Instant.now(Clock.systemUTC()).minus(LONGEST);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : folders) {
                sweep(candidate, before);
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("The folder {} could not be searched for old uploads", parent, e);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (folder != null) {
            sweep(folder, Instant.MAX);
        }
    }

    /** A folder of somebody else's, or one in use, stays as it is. */
    private static void sweep(Path folder, Instant before) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            boolean empty = Files.getLastModifiedTime(folder).toInstant().isBefore(before);
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                } else {
                    empty = false;
                }
            }
            if (empty) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("Left {} alone", folder, e);
        }
    }
}
