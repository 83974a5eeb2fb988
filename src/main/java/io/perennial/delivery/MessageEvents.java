package io.perennial.delivery;

import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
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

    MessageEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A message and its run, as customers' links lead to it.
     *
     * @param known whether the customer is still there
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
            @Nullable String locale) {}

    enum Kind {
        OPEN("opened_at", "unique_opens"),
        CLICK("clicked_at", "unique_clicks"),
        UNSUBSCRIBE("unsubscribed_at", "unsubscribed");

        private final String column;
        private final String counter;

        Kind(String column, String counter) {
            this.column = column;
            this.counter = counter;
        }
    }

    Optional<Origin> origin(long message) {
        return jdbc.sql("SELECT m.id, m.run_id, m.customer_id, c.id IS NOT NULL, m.email, r.title, r.topic, c.locale "
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
                        rs.getString(8)))
                .optional();
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
                    .param(userAgent == null ? null : userAgent.substring(0, Math.min(300, userAgent.length())))
                    .update();
        }
        if (verdict != Verdict.SCANNER) {
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
        }
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
