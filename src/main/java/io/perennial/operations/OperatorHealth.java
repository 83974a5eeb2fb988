package io.perennial.operations;

import static io.perennial.uikit.Texts.t;

import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HealthContribution;
import io.perennial.uikit.HealthContribution.Line;
import io.perennial.uikit.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Whether the installation is well: its database, nodes, clocks, disks, and what features say of themselves. */
@Service
@PreAuthorize("hasAuthority('platform:operate')")
@TenantSql("Nodes and jobs serve all tenants; their tables belong to none.")
public class OperatorHealth {

    /** A node says each quarter of a minute that it lives. */
    private static final long SILENT_SECONDS = 60;

    private static final long SLOW_MICROS = 20_000;
    private static final long APART_MILLIS = 1_000;
    /** Beyond this, mails and campaigns are visibly early or late. */
    private static final long FAR_APART_MILLIS = 60_000;

    private static final long LITTLE_DISK = 5L << 30;
    private static final long NO_DISK = 1L << 30;

    private final JdbcClient jdbc;
    private final NodeBeat beat;
    private final ObjectProvider<Flyway> flyway;
    private final List<HealthContribution> contributions;

    OperatorHealth(
            JdbcClient jdbc, NodeBeat beat, ObjectProvider<Flyway> flyway, List<HealthContribution> contributions) {
        this.jdbc = jdbc;
        this.beat = beat;
        this.flyway = flyway;
        this.contributions = contributions.stream()
                .sorted(Comparator.comparingInt(HealthContribution::order))
                .toList();
    }

    /**
     * A node of the console.
     *
     * @param self whether it is the one that answers
     * @param clockMillis how far its clock is ahead of the database's
     */
    public record Node(
            String host,
            long pid,
            String version,
            boolean self,
            Instant startedAt,
            long silentSeconds,
            long clockMillis,
            long answerMicros,
            int poolBusy,
            int poolMost,
            int poolWaiting,
            long diskFree,
            long diskSize,
            long heapUsed,
            long heapMost) {

        public boolean isAlive() {
            return silentSeconds < SILENT_SECONDS;
        }
    }

    /** What was found at one moment. */
    public record Report(List<Line> lines, List<Node> nodes) {

        /** The worst of all lines. */
        public Tone tone() {
            if (lines.stream().anyMatch(line -> line.tone() == Tone.BAD)) {
                return Tone.BAD;
            }
            return lines.stream().anyMatch(line -> line.tone() == Tone.ATTENTION) ? Tone.ATTENTION : Tone.GOOD;
        }
    }

    @Transactional(readOnly = true)
    public Report report() {
        List<Node> nodes = nodes();
        List<Node> alive = nodes.stream().filter(Node::isAlive).toList();
        List<Line> lines = new ArrayList<>();
        lines.add(database(alive));
        lines.add(pool(alive));
        lines.add(schema());
        lines.add(clocks(alive));
        lines.add(disks(alive));
        lines.add(versions(nodes, alive));
        lines.add(failures());
        contributions.forEach(each -> lines.addAll(each.lines()));
        return new Report(lines, nodes);
    }

    private List<Node> nodes() {
        return jdbc.sql("SELECT n.*, TIMESTAMPDIFF(SECOND, seen_at, UTC_TIMESTAMP(6)) AS silent FROM console_node n "
                        + "ORDER BY host, pid LIMIT 200")
                .query((rs, row) -> new Node(
                        rs.getString("host"),
                        rs.getLong("pid"),
                        rs.getString("version"),
                        rs.getLong("id") == beat.id(),
                        Objects.requireNonNull(OperatorJobs.instant(rs, "started_at")),
                        rs.getLong("silent"),
                        rs.getLong("clock_ms"),
                        rs.getLong("answer_us"),
                        rs.getInt("pool_busy"),
                        rs.getInt("pool_most"),
                        rs.getInt("pool_waiting"),
                        rs.getLong("disk_free"),
                        rs.getLong("disk_size"),
                        rs.getLong("heap_used"),
                        rs.getLong("heap_most")))
                .list();
    }

    private Line database(List<Node> alive) {
        long slowest = alive.stream().mapToLong(Node::answerMicros).max().orElse(0);
        boolean slow = slowest > SLOW_MICROS;
        return new Line(
                t("operations.health.database"),
                slow ? Tone.ATTENTION : Tone.GOOD,
                t(slow ? "operations.health.slow" : "operations.health.well"),
                t(
                        "operations.health.database_words",
                        OperatorVersion.database(jdbc),
                        Formats.decimal(slowest / 1_000.0, 1)));
    }

    private static Line pool(List<Node> alive) {
        int busy = alive.stream().mapToInt(Node::poolBusy).sum();
        int most = alive.stream().mapToInt(Node::poolMost).sum();
        int waiting = alive.stream().mapToInt(Node::poolWaiting).sum();
        return new Line(
                t("operations.health.pool"),
                waiting > 0 ? Tone.ATTENTION : Tone.GOOD,
                t(waiting > 0 ? "operations.health.short" : "operations.health.well"),
                t("operations.health.pool_words", busy, most, waiting));
    }

    private Line schema() {
        Flyway migrations = flyway.getIfAvailable();
        if (migrations == null) {
            return new Line(
                    t("operations.health.schema"),
                    Tone.NEUTRAL,
                    t("operations.health.unknown"),
                    t("operations.health.schema_unknown"));
        }
        MigrationInfoService all = migrations.info();
        MigrationInfo current = all.current();
        int pending = all.pending().length;
        String version = current == null || current.getVersion() == null
                ? Formats.NONE
                : current.getVersion().getVersion();
        return new Line(
                t("operations.health.schema"),
                pending > 0 ? Tone.BAD : Tone.GOOD,
                t(pending > 0 ? "operations.health.behind" : "operations.health.well"),
                t("operations.health.schema_words", version, all.applied().length, pending));
    }

    /** Between nodes and against the database: campaigns wake by the node's clock, leases end by the database's. */
    private static Line clocks(List<Node> alive) {
        LongSummaryStatistics ahead =
                alive.stream().mapToLong(Node::clockMillis).summaryStatistics();
        long apart = alive.isEmpty()
                ? 0
                : Math.max(
                        ahead.getMax() - ahead.getMin(), Math.max(Math.abs(ahead.getMax()), Math.abs(ahead.getMin())));
        Tone tone = apart >= FAR_APART_MILLIS ? Tone.BAD : apart >= APART_MILLIS ? Tone.ATTENTION : Tone.GOOD;
        return new Line(
                t("operations.health.clocks"),
                tone,
                t(tone == Tone.GOOD ? "operations.health.well" : "operations.health.apart"),
                t(tone == Tone.GOOD ? "operations.health.clocks_words" : "operations.health.clocks_bad", span(apart)));
    }

    private static Line disks(List<Node> alive) {
        long least = alive.stream()
                .filter(node -> node.diskSize() > 0)
                .mapToLong(Node::diskFree)
                .min()
                .orElse(-1);
        if (least < 0) {
            return new Line(
                    t("operations.health.disk"),
                    Tone.NEUTRAL,
                    t("operations.health.unknown"),
                    t("operations.health.disk_unknown"));
        }
        Tone tone = least < NO_DISK ? Tone.BAD : least < LITTLE_DISK ? Tone.ATTENTION : Tone.GOOD;
        return new Line(
                t("operations.health.disk"),
                tone,
                t(tone == Tone.GOOD ? "operations.health.well" : "operations.health.short"),
                t(tone == Tone.GOOD ? "operations.health.disk_words" : "operations.health.disk_bad", bytes(least)));
    }

    private static Line versions(List<Node> nodes, List<Node> alive) {
        int silent = nodes.size() - alive.size();
        long versions = alive.stream().map(Node::version).distinct().count();
        boolean mixed = versions > 1;
        return new Line(
                t("operations.health.nodes"),
                mixed || silent > 0 ? Tone.ATTENTION : Tone.GOOD,
                t(
                        mixed
                                ? "operations.health.mixed"
                                : silent > 0 ? "operations.health.silent" : "operations.health.well"),
                t(
                        mixed ? "operations.health.nodes_mixed" : "operations.health.nodes_words",
                        alive.size(),
                        silent,
                        versions));
    }

    private Line failures() {
        long failed = jdbc.sql(
                        "SELECT COUNT(*) FROM job_run WHERE failed AND began_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY")
                .query(Long.class)
                .single();
        return new Line(
                t("operations.health.jobs"),
                failed > 0 ? Tone.ATTENTION : Tone.GOOD,
                t(failed > 0 ? "operations.health.failures" : "operations.health.well"),
                t("operations.health.jobs_words", failed),
                t("operations.health.jobs_open"),
                failed > 0 ? "operator/jobs?failed" : "operator/jobs");
    }

    private static String span(long millis) {
        return millis < 10_000
                ? t("operations.millis", millis)
                : t("operations.seconds", Formats.number(Math.round(millis / 1_000.0)));
    }

    /** In the unit people know disks by. */
    public static String bytes(long bytes) {
        return bytes < 1L << 30
                ? t("operations.megabytes", Formats.number(bytes >> 20))
                : t("operations.gigabytes", Formats.decimal(bytes / (double) (1L << 30), 1));
    }
}
