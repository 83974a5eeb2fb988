package io.perennial.delivery.pace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node remembers of its database, where no restore of that database reaches. */
final class InstallationFile {

    private static final Logger log = LoggerFactory.getLogger(InstallationFile.class);

    private final Path path;
    private boolean warned;

    InstallationFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** The database's identity and how far it was. */
    record Memory(String identity, long epoch) {}

    Optional<Memory> read() {
        try {
            List<String> lines = Files.readAllLines(path);
            return Optional.of(
                    new Memory(lines.get(0).strip(), Long.parseLong(lines.get(1).strip())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.warn("What this node knew of its database cannot be read from {}: {}", path, e.toString());
            return Optional.empty();
        }
    }

    /** Whole or not at all. */
    void write(Memory memory) {
        try {
            Files.createDirectories(path.getParent());
            Path fresh = Files.createTempFile(path.getParent(), "installation", ".new");
            Files.writeString(fresh, memory.identity() + "\n" + memory.epoch() + "\n");
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            if (!warned) {
                warned = true;
                log.warn(
                        "{} cannot be written ({}), so a restored database may go unnoticed by this node. Set "
                                + "PERENNIAL_INSTALLATION_FILE to a place that can be written and is kept",
                        path,
                        e.toString());
            }
        }
    }
}
