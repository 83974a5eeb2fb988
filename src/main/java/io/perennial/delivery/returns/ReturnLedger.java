package io.perennial.delivery.returns;

import io.perennial.customers.ConsentService;
import io.perennial.customers.Evidence;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.delivery.MessageNews;
import io.perennial.delivery.ReturnsProperties;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventType;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down what came back about a message and draws the consequences: once for each message and kind, however often
 * it is told. Within the current tenant and the caller's transaction.
 */
@Component
@TenantSql("Counters are changed by the statement that finds the first return, so they are exact; each statement names "
        + "the current tenant.")
class ReturnLedger {

    /** A mail accepted so long ago that has not come back got through. */
    private static final int THROUGH_AFTER_HOURS = 48;

    private final JdbcClient jdbc;
    private final Suppressions suppressions;
    private final ConsentService consent;
    private final ReturnsProperties properties;
    private final MessageNews news;

    ReturnLedger(
            JdbcClient jdbc,
            Suppressions suppressions,
            ConsentService consent,
            ReturnsProperties properties,
            MessageNews news) {
        this.news = news;
        this.jdbc = jdbc;
        this.suppressions = suppressions;
        this.consent = consent;
        this.properties = properties;
    }

    /** What it is about. */
    private record Message(long id, long run, CustomerId customer, boolean known, String email, String title) {}

    enum Recorded {
        FIRST,
        REPEATED,
        /** There is no such message any more. */
        UNKNOWN
    }

    Recorded record(long id, Finding finding) {
        Optional<Message> found = message(id);
        if (found.isEmpty()) {
            return Recorded.UNKNOWN;
        }
        Message message = found.get();
        if (!keep(message, finding)) {
            return Recorded.REPEATED;
        }
        if (finding.kind().isFailure()) {
            if (once(message, "bounced_at", "bounced")) {
                news.happened(
                        CurrentTenant.require(),
                        EventType.MESSAGE_BOUNCED,
                        message.run(),
                        message.id(),
                        message.customer());
            }
        }
        switch (finding.kind()) {
            case HARD -> suppress(message, SuppressionReason.BOUNCED, evidence(message, finding));
            case SOFT -> countSoft(message, finding);
            case COMPLAINT -> complained(message, finding);
            default -> {}
        }
        return Recorded.FIRST;
    }

    /** A passing failure told while the mail was sent: the message has failed already, and only this is new. */
    void refused(long id, Finding finding) {
        message(id).filter(message -> keep(message, finding)).ifPresent(message -> countSoft(message, finding));
    }

    private Optional<Message> message(long id) {
        return jdbc.sql("SELECT m.id, m.run_id, m.customer_id, c.id IS NOT NULL, m.email, r.title FROM message m "
                        + "JOIN delivery_run r ON r.tenant_id = m.tenant_id AND r.id = m.run_id "
                        + "LEFT JOIN customer c ON c.tenant_id = m.tenant_id AND c.id = m.customer_id "
                        + "AND c.erased_at IS NULL "
                        + "WHERE m.tenant_id = ? AND m.id = ?")
                .params(tenant(), id)
                .query((rs, row) -> new Message(
                        rs.getLong(1),
                        rs.getLong(2),
                        new CustomerId(rs.getLong(3)),
                        rs.getBoolean(4),
                        rs.getString(5),
                        rs.getString(6)))
                .optional();
    }

    /** Whether this kind is new for the message. */
    private boolean keep(Message message, Finding finding) {
        return jdbc.sql("INSERT INTO message_return (tenant_id, message_id, kind, run_id, customer_id, status, "
                                + "diagnostic, reporter, first_at, last_at) "
                                + "VALUES (?, ?, ?, ?, ?, NULLIF(?, ''), ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)) "
                                + "ON DUPLICATE KEY UPDATE times = times + 1, last_at = VALUES(last_at)")
                        .param(tenant())
                        .param(message.id())
                        .param(finding.kind().name())
                        .param(message.run())
                        .param(message.customer().value())
                        .param(finding.status())
                        .param(message.known() ? finding.diagnostic() : "")
                        .param(message.known() ? finding.reporter() : null)
                        .update()
                == 1;
    }

    private boolean once(Message message, String column, String counter) {
        int changed = jdbc.sql("UPDATE message SET " + column + " = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ? AND id = ? AND " + column + " IS NULL")
                .params(tenant(), message.id())
                .update();
        if (changed == 1) {
            jdbc.sql("UPDATE delivery_run SET " + counter + " = " + counter + " + 1 WHERE tenant_id = ? AND id = ?")
                    .params(tenant(), message.run())
                    .update();
        }
        return changed == 1;
    }

    /** A passing failure ends an address only when it does not pass: so many since the last mail that got through. */
    private void countSoft(Message message, Finding finding) {
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        LocalDateTime since = now.minusSeconds(properties.softWithin().toSeconds());
        LocalDateTime through = lastThrough(message.customer(), now);
        long count = jdbc.sql("SELECT COUNT(*) FROM message_return WHERE tenant_id = ? AND customer_id = ? "
                        + "AND kind = 'SOFT' AND first_at > ?")
                .params(tenant(), message.customer().value(), through.isAfter(since) ? through : since)
                .query(Long.class)
                .single();
        if (count >= properties.softLimit()) {
            suppress(
                    message,
                    SuppressionReason.BOUNCED,
                    count + " mails in a row came back. The last: " + evidence(message, finding));
        }
    }

    private LocalDateTime lastThrough(CustomerId customer, LocalDateTime now) {
        LocalDateTime sent = jdbc.sql("SELECT MAX(m.sent_at) FROM message m WHERE m.tenant_id = ? "
                        + "AND m.customer_id = ? AND m.state = 'SENT' AND m.bounced_at IS NULL "
                        + "AND (m.sent_at < ? OR m.opened_at IS NOT NULL OR m.clicked_at IS NOT NULL) "
                        + "AND NOT EXISTS (SELECT 1 FROM message_return r WHERE r.tenant_id = ? "
                        + "AND r.message_id = m.id AND r.kind = 'DELAYED')")
                .params(tenant(), customer.value(), now.minusHours(THROUGH_AFTER_HOURS), tenant())
                .query((rs, row) -> Optional.ofNullable(rs.getObject(1, LocalDateTime.class)))
                .single()
                .orElse(LocalDateTime.MIN);
        LocalDateTime told = jdbc.sql("SELECT MAX(first_at) FROM message_return WHERE tenant_id = ? "
                        + "AND customer_id = ? AND kind = 'DELIVERED'")
                .params(tenant(), customer.value())
                .query((rs, row) -> Optional.ofNullable(rs.getObject(1, LocalDateTime.class)))
                .single()
                .orElse(LocalDateTime.MIN);
        return sent.isAfter(told) ? sent : told;
    }

    private void complained(Message message, Finding finding) {
        once(message, "complained_at", "complained");
        String words = evidence(message, finding);
        if (message.known()) {
            consent.unsubscribeAll(message.customer(), new Evidence("Reported as spam", words));
        }
        suppress(message, SuppressionReason.COMPLAINED, words);
    }

    private void suppress(Message message, SuppressionReason reason, String evidence) {
        if (message.known()) { // who was erased is not mailed anyway, and nothing new is kept of them
            EmailAddress.parse(message.email()).ifPresent(address -> suppressions.suppress(address, reason, evidence));
        }
    }

    /** The diagnostic, who gave it, about which mail and when. */
    private static String evidence(Message message, Finding finding) {
        return finding.diagnostic()
                + (finding.reporter() == null ? "" : " – " + finding.reporter())
                + " – mail “" + message.title() + "” – "
                + LocalDateTime.now(Clock.systemUTC())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(ZoneOffset.UTC);
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
