package io.perennial.delivery;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What receivers did with a message, and the counters of its run. Within the current tenant; joins a transaction. */
@Component
@TenantSql("Counters are changed by the statement that finds the first event, so they are exact; each statement names "
        + "the current tenant.")
class MessageEvents {

    /** More of one message are not kept: whoever has a link could fill the table with it. */
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final VisitJudge judge;
    private final ScannerTraces traces;
    private final MessageNews news;

    MessageEvents(JdbcClient jdbc, VisitJudge judge, ScannerTraces traces, MessageNews news) {
        this.news = news;
        this.jdbc = jdbc;
        this.judge = judge;
        this.traces = traces;
    }

    /**
     * A message and its run, as customers' links lead to it.
     *
     * @param known whether the customer is still there
     * @param moment how long after its mail was accepted
     * @param locale the customer's own, where there is one
     */
    record Origin(
            long message,
            long run,
            CustomerId customer,
            boolean known,
            String email,
            String title,
            @Nullable String topic,
            @Nullable String locale,
            Visit.Moment moment) {}

    enum Kind {
        OPEN("opened_at", "unique_opens"),
        CLICK("clicked_at", "unique_clicks"),
        UNSUBSCRIBE("unsubscribed_at", "unsubscribed");

        private final String column;
        private final String counter;

        String column() {
            return column;
        }

        String counter() {
            return counter;
        }

        Kind(String column, String counter) {
            this.column = column;
            this.counter = counter;
        }
    }

    Optional<Origin> origin(long message) {
        return jdbc.sql("SELECT m.id, m.run_id, m.customer_id, c.id IS NOT NULL, m.email, r.title, r.topic, c.locale, "
                        + "TIMESTAMPDIFF(MICROSECOND, m.sent_at, UTC_TIMESTAMP(6)), m.state "
                        + "FROM message m "
                        + "JOIN delivery_run r ON r.tenant_id = m.tenant_id AND r.id = m.run_id "
                        + "LEFT JOIN customer c ON c.tenant_id = m.tenant_id AND c.id = m.customer_id AND c.erased_at IS NULL "
                        + "WHERE m.tenant_id = ? AND m.id = ?")
                .params(tenant(), message)
                .query((rs, row) -> new Origin(
                        rs.getLong(1),
                        rs.getLong(2),
                        new CustomerId(rs.getLong(3)),
                        rs.getBoolean(4),
                        rs.getString(5),
                        rs.getString(6),
                        rs.getString(7),
                        rs.getString(8),
                        moment(rs.getObject(9, Long.class), rs.getString(10))))
                .optional();
    }

    /** What is in doubt, or failed after all, was sent at a time that nobody knows. */
    private static Visit.Moment moment(@Nullable Long microseconds, String state) {
        boolean underWay = microseconds == null
                && MessageState.valueOf(state) != MessageState.IN_DOUBT
                && MessageState.valueOf(state) != MessageState.FAILED;
        return microseconds == null && !underWay
                ? Visit.Moment.LATER
                : Visit.Moment.of(microseconds == null ? null : Duration.of(microseconds, ChronoUnit.MICROS));
    }

    /** Keeps that a link was followed or the pixel fetched, with who that probably was. */
    void visited(Origin origin, Kind kind, Visit visit, @Nullable Long link) {
        add(origin, kind, judge.judge(kind, visit, origin.moment()), link, visit.userAgent());
        if (kind == Kind.CLICK) {
            traces.look(origin.message(), origin.run(), shortened(visit.userAgent()));
        }
    }

    /** Keeps an event. The first by a person also shows on the message and counts for its run. */
    void add(Origin origin, Kind kind, Verdict verdict, @Nullable Long link, @Nullable String userAgent) {
        int kept = jdbc.sql("UPDATE message SET events = events + 1 WHERE tenant_id = ? AND id = ? AND events < ?")
                .params(tenant(), origin.message(), MOST)
                .update();
        if (kept == 1) {
            jdbc.sql(
                            "INSERT INTO message_event (tenant_id, id, message_id, run_id, customer_id, kind, verdict, link, at, "
                                    + "user_agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), ?)")
                    .params(
                            tenant(),
                            TimeOrderedIds.next(),
                            origin.message(),
                            origin.run(),
                            origin.customer().value(),
                            kind.name(),
                            verdict.name())
                    .param(link)
                    .param(shortened(userAgent))
                    .update();
        }
        if (verdict.isPerson()) {
            first(origin, kind);
        }
    }

    private void first(Origin origin, Kind kind) {
        int changed = jdbc.sql("UPDATE message SET " + kind.column
                        + " = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ? " + "AND " + kind.column + " IS NULL")
                .params(tenant(), origin.message())
                .update();
        if (changed == 1) {
            jdbc.sql("UPDATE delivery_run SET " + kind.counter + " = " + kind.counter
                            + " + 1 WHERE tenant_id = ? AND id = ?")
                    .params(tenant(), origin.run())
                    .update();
            tell(origin, kind);
        }
    }

    /** That somebody opened a mail is too weak a sign to be told. */
    private void tell(Origin origin, Kind kind) {
        if (kind != Kind.OPEN) {
            news.happened(
                    CurrentTenant.require(),
                    kind == Kind.CLICK ? EventType.MESSAGE_CLICKED : EventType.MESSAGE_UNSUBSCRIBED,
                    origin.run(),
                    origin.message(),
                    origin.customer());
        }
    }

    private static @Nullable String shortened(@Nullable String userAgent) {
        return userAgent == null ? null : userAgent.substring(0, Math.min(300, userAgent.length()));
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
