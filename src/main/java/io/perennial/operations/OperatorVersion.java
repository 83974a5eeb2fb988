package io.perennial.operations;

import com.vaadin.flow.server.Version;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.SpringBootVersion;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** What is running here, and what it is made of. */
@Service
@PreAuthorize("hasAuthority('platform:operate')")
@TenantSql("Asks the database for its version; no table is read.")
public class OperatorVersion {

    private final BuildFacts build;
    private final JdbcClient jdbc;

    OperatorVersion(BuildFacts build, JdbcClient jdbc) {
        this.build = build;
        this.jdbc = jdbc;
    }

    /**
     * What is running.
     *
     * @param version of the product, "source" for a start from source
     */
    public record Facts(
            String version,
            Optional<String> commit,
            Optional<Instant> builtAt,
            String java,
            String system,
            String database,
            String springBoot,
            String vaadin) {}

    /**
     * A library inside the jar.
     *
     * @param licence empty where it does not say
     */
    public record Part(String name, String version, String licence) {}

    public Facts facts() {
        return new Facts(
                build.version(),
                build.commit(),
                build.time(),
                System.getProperty("java.vm.version") + " · " + System.getProperty("java.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " · "
                        + System.getProperty("os.arch"),
                database(jdbc),
                String.valueOf(SpringBootVersion.getVersion()),
                Version.getFullVersion());
    }

    /** The libraries inside the jar, by name; none for a start from source. */
    public List<Part> parts() {
        return build.parts().stream()
                .map(part -> new Part(part.name(), part.version(), part.licence()))
                .toList();
    }

    /** How many of {@code parts} are under each licence, the most used first. */
    public static Map<String, Long> licences(List<Part> parts) {
        Map<String, Long> counts = new TreeMap<>();
        parts.forEach(part -> counts.merge(part.licence(), 1L, Long::sum));
        return counts;
    }

    /**
     * Writes the list of parts (SBOM) as CycloneDX has it.
     *
     * @throws IllegalStateException if there is none
     */
    public void writeParts(OutputStream out) {
        if (!build.hasParts()) {
            throw new IllegalStateException("A start from source has no list of its parts");
        }
        try (InputStream in = build.openParts()) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String database(JdbcClient jdbc) {
        String version = jdbc.sql("SELECT VERSION()").query(String.class).single();
        return version.contains("MariaDB") ? "MariaDB " + version.replaceFirst("-MariaDB.*$", "") : "MySQL " + version;
    }
}
