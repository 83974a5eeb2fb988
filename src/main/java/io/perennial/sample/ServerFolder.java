package io.perennial.sample;

import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of an embedded server: one start at a time has it, and a server that a killed one left running is stopped. */
final class ServerFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServerFolder.class);

    private final Path folder;
    private final FileLock lock;

    private ServerFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes a folder for this process.
     *
     * @throws CannotStart if it cannot be written, or somebody has it
     */
    static ServerFolder take(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Files.delete(Files.createTempFile(absolute, "write", ".test"));
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + absolute + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage() + ").",
                    "Make it writable, or choose another: PERENNIAL_DATA_FOLDER=/some/folder ./mvnw");
        }
        return new ServerFolder(absolute, lock(absolute));
    }

    /** Where a file of this name lies in it. */
    Path file(String name) {
        return folder.resolve(name);
    }

    Path tables() {
        return folder.resolve("tables");
    }

    /** Remembers the server, for a start after a kill. */
    void holds(Process server) throws IOException {
        Files.writeString(pidFile(), Long.toString(server.pid()));
    }

    /** Gives the folder back; its server has stopped. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(pidFile());
        lock.acquiredBy().close();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private static FileLock lock(Path folder) {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            log.debug("Locked by this very process", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new CannotStart(
                "Another Perennial is running on the data folder " + folder + ".",
                "Stop that one first, or give this one a folder of its own: PERENNIAL_DATA_FOLDER=/some/folder ./mvnw");
    }

    /** After {@code kill -9} of the console its server lives on. It is stopped in order rather than adopted. */
    void stopOrphan() throws IOException {
        if (!Files.exists(pidFile())) {
            return;
        }
        String pid = Files.readString(pidFile()).strip();
        Optional<ProcessHandle> orphan = pid.matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(this::isOurServer)
                : Optional.empty();
        if (orphan.isPresent()) {
            log.info("Stopping the database server that an earlier start left behind");
            orphan.get().destroy();
            try {
                orphan.get().onExit().get(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new CannotStart(
                        "A database server from an earlier start still runs on " + folder + " and does not stop.",
                        "End it with: kill -9 " + pid);
            }
        }
        Files.deleteIfExists(pidFile());
    }

    /** Not merely some process that got the same number. */
    private boolean isOurServer(ProcessHandle handle) {
        return handle.info().commandLine().orElse("").contains("--datadir=" + tables());
    }

    private Path pidFile() {
        return folder.resolve("server.pid");
    }
}
