package io.perennial.delivery;

import static io.perennial.uikit.Texts.t;

import io.perennial.customers.TimelineEntry;
import io.perennial.customers.TimelineSource;
import io.perennial.kernel.CustomerId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The mails on a customer's timeline: sent or not, opened, clicked, unsubscribed, came back. */
@Component
@TenantSql("The ledger has no entities; reads one customer's messages of the current tenant.")
class MailTimeline implements TimelineSource {

    /** The newest of one customer; more than years of mails. */
    private static final int MOST = 1000;

    private final JdbcClient jdbc;

    MailTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('customer:read')")
    public List<TimelineEntry> entries(CustomerId customer, Instant before, int limit) {
        List<TimelineEntry> entries = new ArrayList<>();
        jdbc.sql("SELECT r.title, m.state, m.detail, m.sent_at, m.changed_at, m.opened_at, m.clicked_at, "
                        + "m.unsubscribed_at FROM message m "
                        + "JOIN delivery_run r ON r.tenant_id = m.tenant_id AND r.id = m.run_id "
                        + "WHERE m.tenant_id = ? AND m.customer_id = ? ORDER BY m.id DESC LIMIT " + MOST)
                .params(CurrentTenant.require().value(), customer.value())
                .query(rs -> {
                    collect(rs, entries);
                });
        jdbc.sql("SELECT r.title, b.kind, b.diagnostic, b.reporter, b.first_at FROM message_return b "
                        + "JOIN delivery_run r ON r.tenant_id = b.tenant_id AND r.id = b.run_id "
                        + "JOIN message m ON m.tenant_id = b.tenant_id AND m.id = b.message_id AND m.state <> 'FAILED' "
                        + "WHERE b.tenant_id = ? AND b.customer_id = ? ORDER BY b.first_at DESC LIMIT " + MOST)
                .params(CurrentTenant.require().value(), customer.value())
                .query(rs -> {
                    collectReturn(rs, entries);
                });
        return entries.stream()
                .filter(entry -> entry.at().isBefore(before))
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .limit(limit)
                .toList();
    }

    private static void collect(ResultSet rs, List<TimelineEntry> entries) throws SQLException {
        String title = rs.getString("title");
        switch (MessageState.valueOf(rs.getString("state"))) {
            case FAILED ->
                add(entries, rs, "changed_at", "bounce", t("delivery.timeline.failed", title), rs.getString("detail"));
            case IN_DOUBT ->
                add(entries, rs, "changed_at", "mail", t("delivery.timeline.in_doubt", title), rs.getString("detail"));
            case SENT -> add(entries, rs, "sent_at", "mail", t("delivery.timeline.sent", title), null);
            default -> {}
        }
        add(entries, rs, "opened_at", "open", t("delivery.timeline.opened", title), null);
        add(entries, rs, "clicked_at", "click", t("delivery.timeline.clicked", title), null);
        add(entries, rs, "unsubscribed_at", "consent", t("delivery.timeline.unsubscribed", title), null);
    }

    private static void collectReturn(ResultSet rs, List<TimelineEntry> entries) throws SQLException {
        String kind = rs.getString("kind");
        String reporter = rs.getString("reporter");
        String icon = kind.equals("DELIVERED") || kind.equals("DELAYED") ? "mail" : "bounce";
        add(
                entries,
                rs,
                "first_at",
                icon,
                t("delivery.timeline.returned." + kind.toLowerCase(Locale.ROOT), rs.getString("title")),
                rs.getString("diagnostic") + (reporter == null ? "" : " – " + reporter));
    }

    private static void add(
            List<TimelineEntry> entries,
            ResultSet rs,
            String column,
            String kind,
            String title,
            @Nullable String detail)
            throws SQLException {
        Instant at = LedgerReader.instant(rs, column);
        if (at != null) {
            entries.add(new TimelineEntry(at, kind, title, detail, null));
        }
    }
}
