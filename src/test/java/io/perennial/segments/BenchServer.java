package io.perennial.segments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the database has worked so far, for all who ask it. */
final class BenchServer {

    private final JdbcTemplate jdbc;

    BenchServer(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Processor time of the database, where its process is to be seen; else nothing. */
    Duration processor() {
        try {
            Path file = Path.of(jdbc.queryForObject("SELECT @@datadir", String.class))
                    .resolve(jdbc.queryForObject("SELECT @@pid_file", String.class));
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElse(Duration.ZERO);
        } catch (IOException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    /** Rows that its engines have handed out, temporary tables' too. */
    long rowsRead() {
        return jdbc.query("SHOW GLOBAL STATUS LIKE 'Handler_read%'", (row, n) -> row.getLong("Value")).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
