package io.perennial.webhooks;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What endpoints of the current business were sent, with what came of it, and sending it again. */
@Service
@TenantSql("Reads the outbox page by page; every statement names the tenant.")
public class WebhookLog {

    /** Events that are sent again at once; the rest by asking once more. */
    public static final int MOST_AGAIN = 10_000;

    private final JdbcClient jdbc;
    private final Webhooks webhooks;
    private final Happenings happenings;
    private final AuditLog audit;

    WebhookLog(JdbcClient jdbc, Webhooks webhooks, Happenings happenings, AuditLog audit) {
        this.jdbc = jdbc;
        this.webhooks = webhooks;
        this.happenings = happenings;
        this.audit = audit;
    }

    /**
     * An event as it is sent, and what came of sending it.
     *
     * @param id as receivers know it ({@code webhook-id})
     * @param payload the body
     * @param attempts the latest first, at most fifty
     */
    public record Sent(String id, WebhookDelivery delivery, String payload, List<WebhookAttempt> attempts) {

        public Sent {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * A page of what an endpoint was sent, the latest event first.
     *
     * @param state only those, or all
     */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:write')")
    public List<WebhookDelivery> page(long endpoint, WebhookDelivery.@Nullable State state, Pageable page) {
        List<Object> params = new ArrayList<>(List.of(tenant(), endpoint));
        if (state != null) {
            params.add(state.name());
        }
        return jdbc.sql(ROWS + "WHERE d.tenant_id = ? AND d.endpoint_id = ? "
                        + (state == null ? "" : "AND d.state = ? ") + "ORDER BY d.event_id DESC LIMIT ? OFFSET ?")
                .params(params)
                .param(page.getPageSize())
                .param(page.getOffset())
                .query(WebhookLog::delivery)
                .list();
    }

    /** @throws NoSuchElementException if it was not sent there */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:write')")
    public Sent open(long endpoint, long event) {
        WebhookDelivery delivery = jdbc.sql(ROWS + "WHERE d.tenant_id = ? AND d.endpoint_id = ? AND d.event_id = ?")
                .params(tenant(), endpoint, event)
                .query(WebhookLog::delivery)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("No event " + event));
        String payload = jdbc.sql("SELECT payload FROM webhook_event WHERE tenant_id = ? AND id = ?")
                .params(tenant(), event)
                .query(String.class)
                .single();
        List<WebhookAttempt> attempts = jdbc.sql("SELECT at, millis, status, problem, answer FROM webhook_attempt "
                        + "WHERE tenant_id = ? AND endpoint_id = ? AND event_id = ? ORDER BY id DESC LIMIT 50")
                .params(tenant(), endpoint, event)
                .query((rs, n) -> new WebhookAttempt(
                        rs.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        Duration.ofMillis(rs.getLong(2)),
                        rs.getObject(3, Integer.class),
                        rs.getString(4),
                        rs.getString(5),
                        null))
                .list();
        return new Sent("msg_" + event, delivery, payload, attempts);
    }

    /**
     * Sends a made-up event, to try an endpoint.
     *
     * @return the event's id
     * @throws WebhookRefused if the endpoint is switched off
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public long test(long endpoint) {
        requireOn(endpoint);
        return happenings.writeFor(
                CurrentTenant.require(),
                endpoint,
                EventType.ENDPOINT_TESTED,
                new EventData.Test(Long.toString(endpoint)));
    }

    /**
     * Sends an event again, whatever came of it before.
     *
     * @throws WebhookRefused if the endpoint is switched off
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void again(long endpoint, long event) {
        WebhookEndpoint known = requireOn(endpoint);
        int found = jdbc.sql(AGAIN + "AND event_id = ?")
                .params(tenant(), endpoint, event)
                .update();
        if (found == 0) {
            throw new NoSuchElementException("No event " + event);
        }
        note(known, 1);
    }

    /**
     * Sends again what failed for good.
     *
     * @return how many, {@link #MOST_AGAIN} at most
     * @throws WebhookRefused if the endpoint is switched off
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public int failedAgain(long endpoint) {
        WebhookEndpoint known = requireOn(endpoint);
        int found = jdbc.sql(AGAIN + "AND state = 'FAILED' ORDER BY event_id LIMIT " + MOST_AGAIN)
                .params(tenant(), endpoint)
                .update();
        note(known, found);
        return found;
    }

    /**
     * Sends again all that happened since then, of the kinds that the endpoint listens to now: also what came before it was
     * made, as far as it is kept.
     *
     * @return how many, {@link #MOST_AGAIN} at most, the oldest first
     * @throws WebhookRefused if the endpoint is switched off
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public int allAgain(long endpoint, Instant since) {
        WebhookEndpoint known = requireOn(endpoint);
        List<Long> events = jdbc.sql("SELECT id FROM webhook_event WHERE tenant_id = ? AND id >= ? "
                        + "AND FIND_IN_SET(type, ?) > 0 ORDER BY id LIMIT " + MOST_AGAIN)
                .params(tenant(), TimeOrderedIds.firstAt(since), EventType.write(known.types()))
                .query((rs, row) -> rs.getLong(1))
                .list();
        for (int from = 0; from < events.size(); from += 1_000) {
            List<Long> some = events.subList(from, Math.min(events.size(), from + 1_000));
            jdbc.sql("INSERT INTO webhook_delivery (tenant_id, endpoint_id, event_id, state, due_at) "
                            + "SELECT tenant_id, :endpoint, id, 'WAITING', UTC_TIMESTAMP(6) FROM webhook_event "
                            + "WHERE tenant_id = :tenant AND id IN (:events) "
                            + "ON DUPLICATE KEY UPDATE state = 'WAITING', attempts = 0, due_at = UTC_TIMESTAMP(6)")
                    .param("endpoint", endpoint)
                    .param("tenant", tenant())
                    .param("events", some)
                    .update();
        }
        note(known, events.size());
        return events.size();
    }

    private static final String ROWS = "SELECT d.event_id, v.type, v.at, d.state, d.attempts, d.due_at, d.tried_at, "
            + "a.status, a.problem FROM webhook_delivery d "
            + "JOIN webhook_event v ON v.tenant_id = d.tenant_id AND v.id = d.event_id "
            + "LEFT JOIN webhook_attempt a ON a.tenant_id = d.tenant_id AND a.id = (SELECT MAX(l.id) "
            + "FROM webhook_attempt l WHERE l.tenant_id = d.tenant_id AND l.endpoint_id = d.endpoint_id "
            + "AND l.event_id = d.event_id) ";

    private static final String AGAIN = "UPDATE webhook_delivery SET state = 'WAITING', attempts = 0, "
            + "due_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND endpoint_id = ? ";

    private WebhookEndpoint requireOn(long id) {
        WebhookEndpoint endpoint = webhooks.require(id);
        if (!endpoint.isOn()) {
            throw new WebhookRefused("webhooks.refused.off");
        }
        return endpoint;
    }

    private void note(WebhookEndpoint endpoint, int events) {
        if (events > 0) {
            audit.record(
                    WebhookDeed.SENT_AGAIN,
                    endpoint.id(),
                    endpoint.url(),
                    AuditChanges.none().and("webhooks.deed.events", null, events));
        }
    }

    private static WebhookDelivery delivery(ResultSet rs, int row) throws SQLException {
        return new WebhookDelivery(
                rs.getLong(1),
                rs.getString(2),
                rs.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                WebhookDelivery.State.valueOf(rs.getString(4)),
                rs.getInt(5),
                EndpointRows.instant(rs, 6),
                EndpointRows.instant(rs, 7),
                rs.getObject(8, Integer.class),
                rs.getString(9));
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
