package io.perennial.delivery.pace;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.perennial.kernel.LatelyRead;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The installation's queues as figures, the same on each node: from the counters that runs keep, so that no message is
 * counted for it. Read at most every ten seconds, and only when somebody asks.
 */
@Component
@TenantSql("Sums over the runs of all tenants that are not over; nothing of any one is told.")
class QueueMeters implements MeterBinder {

    private final JdbcClient jdbc;
    private final SendingLock lock;
    private final LatelyRead<Reading> reading = new LatelyRead<>(Duration.ofSeconds(10), Reading.UNKNOWN, this::fresh);

    QueueMeters(JdbcClient jdbc, SendingLock lock) {
        this.jdbc = jdbc;
        this.lock = lock;
    }

    private record Runs(double count, double waiting, double oldestSeconds) {}

    private record Reading(Runs sending, Runs paused, double reached, double failing, double nodes, double locked) {

        private static final Runs NONE = new Runs(Double.NaN, Double.NaN, Double.NaN);
        /** While the database does not answer. */
        private static final Reading UNKNOWN = new Reading(NONE, NONE, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        String runs = "Runs that are not over";
        gauge(registry, "perennial.runs", runs, "sending", r -> r.sending().count());
        gauge(registry, "perennial.runs", runs, "paused", r -> r.paused().count());
        String waiting = "Mails of runs that are not over, without those that are settled";
        gauge(
                registry,
                "perennial.mails.waiting",
                waiting,
                "sending",
                r -> r.sending().waiting());
        gauge(
                registry,
                "perennial.mails.waiting",
                waiting,
                "paused",
                r -> r.paused().waiting());
        String oldest = "Since the oldest run that is not over was released";
        gauge(
                registry,
                "perennial.runs.oldest.seconds",
                oldest,
                "sending",
                r -> r.sending().oldestSeconds());
        String servers = "Mail servers, once for each node that uses them";
        gauge(registry, "perennial.mail.servers", servers, "reached", Reading::reached);
        gauge(registry, "perennial.mail.servers", servers, "failing", Reading::failing);
        gauge(registry, "perennial.sending.nodes", "Nodes that send", null, Reading::nodes);
        gauge(
                registry,
                "perennial.sending.locked",
                "1 where nothing is sent until an operator unlocks it",
                null,
                Reading::locked);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String state,
            ToDoubleFunction<Reading> figure) {
        Gauge.builder(name, reading, r -> figure.applyAsDouble(r.get()))
                .description(description)
                .tags(state == null ? Tags.empty() : Tags.of("state", state))
                .register(registry);
    }

    private Reading fresh() {
        double[] servers = jdbc.sql("SELECT COALESCE(SUM(s.reachable), 0), COALESCE(SUM(NOT s.reachable), 0) "
                        + "FROM delivery_server_state s JOIN delivery_node n ON n.id = s.node")
                .query((rs, n) -> new double[] {rs.getDouble(1), rs.getDouble(2)})
                .single();
        // A node says each second that it lives; rows of dead ones stay until their claims are taken over.
        double nodes = jdbc.sql(
                        "SELECT COUNT(*) FROM delivery_node WHERE seen_at > UTC_TIMESTAMP(6) - INTERVAL 10 SECOND")
                .query(Double.class)
                .single();
        return new Reading(
                runs("SENDING"),
                runs("PAUSED"),
                servers[0],
                servers[1],
                nodes,
                lock.shown().isPresent() ? 1 : 0);
    }

    private Runs runs(String state) {
        return jdbc.sql("SELECT /* all tenants */ COUNT(*), "
                        + "COALESCE(SUM(GREATEST(r.audience - COALESCE(q.sent + q.failed + q.skipped, 0), 0)), 0), "
                        + "COALESCE(MAX(TIMESTAMPDIFF(SECOND, COALESCE(r.released_at, r.created_at), "
                        + "UTC_TIMESTAMP(6))), 0) FROM delivery_run r LEFT JOIN delivery_cursor q "
                        + "ON q.tenant_id = r.tenant_id AND q.run_id = r.id WHERE r.state = ?")
                .param(state)
                .query((rs, n) -> new Runs(rs.getDouble(1), rs.getDouble(2), rs.getDouble(3)))
                .single();
    }
}
