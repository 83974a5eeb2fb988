package io.perennial.operations;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSql;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Says each quarter of a minute that this node lives and how it does, for the page of health. Nothing is decided by it: who is
 * dead for the sending engine, Quartz or an import is found out where it matters.
 */
@Component
@TenantSql("Nodes serve all tenants; their table belongs to none.")
class NodeBeat {

    /** Rows of nodes that are gone without a word are shown for a day. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(NodeBeat.class);

    private final long id = TimeOrderedIds.next();
    private final Instant startedAt = Instant.now();
    private final JdbcClient jdbc;
    private final DataSource source;
    private final BuildFacts build;
    private final Path folder;

    NodeBeat(
            JdbcClient jdbc, DataSource source, BuildFacts build, @Value("${perennial.data-folder:data}") Path folder) {
        this.jdbc = jdbc;
        this.source = source;
        this.build = build;
        this.folder = folder;
    }

    private record Clock(long aheadMillis, long answerMicros) {}

    @Scheduled(initialDelay = 2_000, fixedDelay = 15_000)
    void beat() {
        Clock clock = clock();
        HikariPoolMXBean pool = pool();
        FileStore disk = disk();
        Runtime memory = Runtime.getRuntime();
        jdbc.sql(
                        "INSERT INTO console_node (id, host, pid, version, started_at, seen_at, clock_ms, answer_us, pool_busy, "
                                + "pool_most, pool_waiting, disk_free, disk_size, heap_used, heap_most) "
                                + "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6), ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
                                + "seen_at = VALUES(seen_at), clock_ms = VALUES(clock_ms), answer_us = VALUES(answer_us), "
                                + "pool_busy = VALUES(pool_busy), pool_most = VALUES(pool_most), "
                                + "pool_waiting = VALUES(pool_waiting), disk_free = VALUES(disk_free), "
                                + "disk_size = VALUES(disk_size), heap_used = VALUES(heap_used), heap_most = VALUES(heap_most)")
                .params(id, ThisNode.HOST, ThisNode.PID, build.version())
                .param(LocalDateTime.ofInstant(startedAt, ZoneOffset.UTC))
                .params(clock.aheadMillis(), clock.answerMicros())
                .param(pool == null ? 0 : pool.getActiveConnections())
                .param(pool == null ? 0 : pool.getTotalConnections())
                .param(pool == null ? 0 : pool.getThreadsAwaitingConnection())
                .param(space(disk, true))
                .param(space(disk, false))
                .params(memory.totalMemory() - memory.freeMemory(), memory.maxMemory())
                .update();
        jdbc.sql("DELETE FROM console_node WHERE seen_at < UTC_TIMESTAMP(6) - INTERVAL " + REMEMBERED.toHours()
                        + " HOUR")
                .update();
    }

    @PreDestroy
    void end() {
        try {
            jdbc.sql("DELETE FROM console_node WHERE id = ?").param(id).update();
        } catch (DataAccessException | TransactionException e) {
            log.debug("This node is shown as silent for a day", e);
        }
    }

    long id() {
        return id;
    }

    /** How far this clock is ahead of the database's, by the middle of the way there and back. */
    private Clock clock() {
        long began = System.nanoTime();
        Instant before = Instant.now();
        Instant there = jdbc.sql("SELECT UTC_TIMESTAMP(6)")
                .query((rs, n) -> rs.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC))
                .single();
        long took = System.nanoTime() - began;
        return new Clock(Duration.between(there, before.plusNanos(took / 2)).toMillis(), took / 1_000);
    }

    private @Nullable HikariPoolMXBean pool() {
        try {
            return source.isWrapperFor(HikariDataSource.class)
                    ? source.unwrap(HikariDataSource.class).getHikariPoolMXBean()
                    : null;
        } catch (SQLException e) {
            return null;
        }
    }

    private @Nullable FileStore disk() {
        try {
            Path place = folder.toAbsolutePath();
            while (place != null && !Files.exists(place)) {
                place = place.getParent();
            }
            return place == null ? null : Files.getFileStore(place);
        } catch (IOException e) {
            return null;
        }
    }

    private static long space(@Nullable FileStore disk, boolean free) {
        try {
            return disk == null ? 0 : free ? disk.getUsableSpace() : disk.getTotalSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
