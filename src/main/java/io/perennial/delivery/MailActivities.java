package io.perennial.delivery;

import io.perennial.customers.ActivityKind;
import io.perennial.customers.ActivitySource;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mails sent, and opened and clicked by people: what segments can ask of mails. */
@Component
@TenantSql("Gives segments the columns to ask for; each statement names the tenant.")
class MailActivities implements ActivitySource {

    /** Links of so many of the latest mailings are offered; each mailing can have a link of its own for each customer. */
    private static final int LATEST = 200;

    /**
     * Messages have larger ids than their run, but for clocks that differ: an hour's worth of ids (2^20 a millisecond) is
     * allowed for. A run
     * that was cancelled may still have had mails under way: a day is allowed for.
     */
    private static final String SINCE = "a.id >= (SELECT COALESCE(MIN(r.id), 9223372036854775807) - 3774873600000 "
            + "FROM delivery_run r WHERE r.tenant_id = ? AND (r.finished_at IS NULL OR r.finished_at + INTERVAL 1 DAY >= ?))";

    private static final List<ActivityKind> KINDS = List.of(
            new ActivityKind(
                    "MAIL_SENT",
                    "delivery.activity.sent",
                    "message a",
                    " FORCE INDEX (PRIMARY)",
                    "a.tenant_id = ? AND a.state = 'SENT'",
                    "a.customer_id",
                    "a.sent_at",
                    "COUNT(*)",
                    "a.id",
                    "a.run_id",
                    null,
                    SINCE,
                    null),
            event("MAIL_OPENED", "delivery.activity.opened", "OPEN", false),
            event("MAIL_CLICKED", "delivery.activity.clicked", "CLICK", true));

    private final JdbcClient jdbc;

    MailActivities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static ActivityKind event(String name, String words, String kind, boolean ofLink) {
        return new ActivityKind(
                name,
                words,
                "message_event a",
                // Left to itself, MySQL may follow the customers' index to every row of the business.
                " FORCE INDEX (ix_message_event_kind)",
                "a.tenant_id = ? AND a.kind = '" + kind + "' AND a.verdict IN ('HUMAN', 'PROXY')",
                "a.customer_id",
                "a.at",
                "COUNT(DISTINCT a.message_id)",
                "a.message_id",
                "a.run_id",
                ofLink ? "a.link" : null,
                null,
                null);
    }

    @Override
    public List<ActivityKind> kinds() {
        return KINDS;
    }

    @Override
    public List<Thing> things(ActivityKind kind, Part part, String text, int offset, int limit) {
        String pattern = "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        String sql = part == Part.ABOUT
                ? "SELECT id, title FROM delivery_run WHERE tenant_id = ? AND title LIKE ? ESCAPE '!' "
                        + "ORDER BY id DESC LIMIT ? OFFSET ?"
                : "SELECT l.link, MIN(l.url) FROM (SELECT tenant_id, id FROM delivery_run WHERE tenant_id = ? "
                        + "ORDER BY id DESC LIMIT " + LATEST + ") r "
                        + "JOIN run_link l ON l.tenant_id = r.tenant_id AND l.run_id = r.id "
                        // Only addresses that all mails of a run share, see RunLinks.shortNumber.
                        + "AND l.link BETWEEN 0 AND (1 << 40) - 1 "
                        + "WHERE l.url LIKE ? ESCAPE '!' GROUP BY l.link ORDER BY MAX(l.run_id) DESC, l.link "
                        + "LIMIT ? OFFSET ?";
        return jdbc.sql(sql)
                .params(tenant(), pattern, limit, offset)
                .query((rs, n) -> new Thing(rs.getLong(1), rs.getString(2)))
                .list();
    }

    @Override
    public Map<Long, String> names(ActivityKind kind, Part part, Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        if (ids.isEmpty()) {
            return names;
        }
        List<Object> params = new ArrayList<>();
        params.add(tenant());
        params.addAll(ids);
        String marks = "?" + ", ?".repeat(ids.size() - 1);
        String sql = part == Part.ABOUT
                ? "SELECT id, title FROM delivery_run WHERE tenant_id = ? AND id IN (" + marks + ")"
                : "SELECT link, MIN(url) FROM run_link WHERE tenant_id = ? AND link IN (" + marks + ") GROUP BY link";
        jdbc.sql(sql).params(params).query(rs -> {
            names.put(rs.getLong(1), rs.getString(2));
        });
        return names;
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
