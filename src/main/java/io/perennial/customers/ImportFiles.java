package io.perennial.customers;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Where uploaded files wait for their import: a temporary folder of this process's own, since they hold people's data.
 * Whoever is through with a file discards it; what a killed process left behind, or a page that was never left in order,
 * is swept away after a day.
 */
@Component
public class ImportFiles {

    private static final Logger log = LoggerFactory.getLogger(ImportFiles.class);
    private static final String PREFIX = "perennial-imports-";
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Path parent;
    private @Nullable Path folder;

    ImportFiles() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    ImportFiles(Path parent) {
        this.parent = parent;
    }

    /** A new empty file, readable by this process's user only. */
    public synchronized Path fresh() throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
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
