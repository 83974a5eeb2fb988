package io.perennial.delivery.pace;

import static io.perennial.uikit.Texts.t;

import io.perennial.delivery.pace.OperatorQueue.Lock;
import io.perennial.delivery.pace.OperatorQueue.Server;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HealthContribution;
import io.perennial.uikit.Tone;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The lock, the queue and the mail servers on the page of health. */
@Component
@TenantSql("Sums over the runs of all tenants that are not over; nothing of any one is told.")
class SendingHealth implements HealthContribution {

    private static final String QUEUE = "operator/queue";

    private final OperatorQueue queue;
    private final JdbcClient jdbc;

    SendingHealth(OperatorQueue queue, JdbcClient jdbc) {
        this.queue = queue;
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(lock(queue.lock()));
        lines.add(waiting());
        queue.servers().forEach(server -> lines.add(server(server)));
        return lines;
    }

    private static Line lock(Lock lock) {
        if (!lock.closed()) {
            return new Line(
                    t("delivery.health.lock"), Tone.GOOD, t("delivery.health.unlocked"), t("delivery.queue.open"));
        }
        String words = t("delivery.queue.locked", String.valueOf(lock.reason()));
        if (lock.since() != null) {
            words += ' ' + t("delivery.queue.locked_since", Formats.relative(lock.since()));
        }
        if (lock.changedBy() != null) {
            words += ' ' + t("delivery.health.locked_by", lock.changedBy());
        }
        return lock.byConfiguration()
                ? new Line(t("delivery.health.lock"), Tone.BAD, t("delivery.health.locked"), words)
                : new Line(
                        t("delivery.health.lock"),
                        Tone.BAD,
                        t("delivery.health.locked"),
                        words,
                        t("delivery.queue.unlock"),
                        QUEUE + "?unlock");
    }

    private record Waiting(long mails, @Nullable Instant oldest) {}

    private Line waiting() {
        Waiting waiting = jdbc.sql(
                        "SELECT /* all tenants */ COALESCE(SUM(GREATEST(r.audience - COALESCE(q.sent + q.failed "
                                + "+ q.skipped, 0), 0)), 0), MIN(COALESCE(r.released_at, r.created_at)) FROM delivery_run r "
                                + "LEFT JOIN delivery_cursor q ON q.tenant_id = r.tenant_id AND q.run_id = r.id "
                                + "WHERE r.state = 'SENDING'")
                .query((rs, n) -> {
                    LocalDateTime oldest = rs.getObject(2, LocalDateTime.class);
                    return new Waiting(rs.getLong(1), oldest == null ? null : oldest.toInstant(ZoneOffset.UTC));
                })
                .single();
        return new Line(
                t("delivery.health.queue"),
                Tone.GOOD,
                t("delivery.health.flows"),
                waiting.oldest() == null
                        ? t("delivery.queue.nothing_waits")
                        : t("delivery.health.queue_words", waiting.mails(), Formats.relative(waiting.oldest())),
                t("delivery.health.queue_open"),
                QUEUE);
    }

    private static Line server(Server server) {
        String name = t("delivery.health.server", server.key());
        if (server.pausedReason() != null) {
            return new Line(
                    name,
                    Tone.ATTENTION,
                    t("delivery.queue.paused"),
                    server.pausedReason(),
                    t("delivery.health.queue_open"),
                    QUEUE);
        }
        return server.nodesFailing() > 0
                ? new Line(
                        name,
                        Tone.BAD,
                        t("delivery.queue.failing", server.nodesFailing()),
                        String.valueOf(server.lastError()),
                        t("delivery.health.queue_open"),
                        QUEUE)
                : new Line(name, Tone.GOOD, t("delivery.queue.reachable"), t("delivery.health.server_well"));
    }
}
