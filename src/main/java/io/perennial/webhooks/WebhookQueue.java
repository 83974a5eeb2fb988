package io.perennial.webhooks;

import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSecrets;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.WebhookEndpoint.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The workers' side of the outbox. An endpoint is one worker's at a time, by a lease on its row: so events go out in their
 * order as far as they succeed, and a business that answers slowly holds up one worker only. No transaction is open while
 * something is sent; whoever lost the lease meanwhile writes nothing, and the event is sent again. All times are the
 * database's.
 */
@Component
@TenantSql("Leases under which rows are written; which endpoints have something due is asked of all tenants.")
class WebhookQueue {

    private static final int SHOWN = 200;
    private static final String NOW = "UTC_TIMESTAMP(6)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TenantSecrets secrets;
    private final WebhookProperties properties;

    WebhookQueue(
            JdbcClient jdbc, TransactionTemplate transaction, TenantSecrets secrets, WebhookProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.secrets = secrets;
        this.properties = properties;
    }

    record Key(TenantId tenant, long endpoint) {}

    /**
     * An endpoint that is a worker's for a while.
     *
     * @param signing the secrets to sign with, the newest first
     */
    record Held(Key key, long fence, URI url, List<WebhookSecret> signing) {}

    /** An event that is to be sent. */
    record Due(long event, String payload, int attempts) {}

    /** What is to become of a delivery, and of its endpoint. */
    record Verdict(
            boolean taken,
            @Nullable Duration again,
            @Nullable Duration pause,
            boolean gone) {}

    /** Endpoints of businesses at work that have something due, those first that waited longest. */
    List<Key> due() {
        return jdbc.sql("SELECT e.tenant_id, e.id FROM webhook_endpoint e /* all tenants */ "
                        + "JOIN business b ON b.id = e.tenant_id AND b.suspended_at IS NULL AND b.delete_at IS NULL "
                        + "WHERE e.state = 'ENABLED' AND (e.lease_until IS NULL OR e.lease_until < " + NOW + ") "
                        + "AND (e.paused_until IS NULL OR e.paused_until <= " + NOW + ") "
                        + "AND EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.tenant_id = e.tenant_id "
                        + "AND d.endpoint_id = e.id AND d.due_at <= " + NOW + ") ORDER BY e.served_at LIMIT " + SHOWN)
                .query((rs, n) -> new Key(new TenantId(rs.getLong(1)), rs.getLong(2)))
                .list();
    }

    /** Takes an endpoint; empty where another worker was faster, or it is told nothing any more. */
    Optional<Held> take(Key key) {
        long fence = TimeOrderedIds.next();
        int taken = jdbc.sql("UPDATE webhook_endpoint SET lease = ?, lease_until = " + NOW
                        + " + INTERVAL ? MICROSECOND, served_at = " + NOW + " WHERE tenant_id = ? AND id = ? "
                        + "AND state = 'ENABLED' AND (lease_until IS NULL OR lease_until < " + NOW + ")")
                .params(fence, micros(properties.lease()), key.tenant().value(), key.endpoint())
                .update();
        return taken == 0 ? Optional.empty() : Optional.of(read(key, fence));
    }

    private record Row(URI url, byte[] secret, byte @Nullable [] old) {}

    private Held read(Key key, long fence) {
        Row row = jdbc.sql("SELECT url, secret, CASE WHEN old_secret_until > " + NOW + " THEN old_secret END "
                        + "FROM webhook_endpoint WHERE tenant_id = ? AND id = ?")
                .params(key.tenant().value(), key.endpoint())
                .query((rs, n) -> new Row(URI.create(rs.getString(1)), rs.getBytes(2), rs.getBytes(3)))
                .single();
        // Not while reading: the first to open a secret asks the database for the key, on a connection of its own.
        List<WebhookSecret> signing = new ArrayList<>();
        signing.add(open(key, row.secret()));
        if (row.old() != null) {
            signing.add(open(key, row.old()));
        }
        return new Held(key, fence, row.url(), List.copyOf(signing));
    }

    private WebhookSecret open(Key key, byte[] sealed) {
        return WebhookSecret.of(secrets.open(key.tenant(), EndpointRows.field(key.endpoint()), sealed));
    }

    Optional<Due> next(Held held) {
        return jdbc.sql("SELECT d.event_id, v.payload, d.attempts FROM webhook_delivery d "
                        + "JOIN webhook_event v ON v.tenant_id = d.tenant_id AND v.id = d.event_id "
                        + "WHERE d.tenant_id = ? AND d.endpoint_id = ? AND d.due_at <= " + NOW
                        + " ORDER BY d.due_at, d.event_id LIMIT 1")
                .params(held.key().tenant().value(), held.key().endpoint())
                .query((rs, n) -> new Due(rs.getLong(1), rs.getString(2), rs.getInt(3)))
                .optional();
    }

    /**
     * Writes what came of an attempt and prolongs the lease.
     *
     * @return whether the endpoint is still this worker's; if not, nothing was written
     */
    boolean record(Held held, Due due, WebhookAttempt attempt, Verdict verdict) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!renew(held, verdict)) {
                return false;
            }
            long tenant = held.key().tenant().value();
            int there = jdbc.sql("UPDATE webhook_delivery SET state = ?, attempts = attempts + 1, tried_at = " + NOW
                            + ", due_at = " + NOW + " + INTERVAL ? MICROSECOND "
                            + "WHERE tenant_id = ? AND endpoint_id = ? AND event_id = ?")
                    .param(verdict.taken() ? "DELIVERED" : verdict.again() == null ? "FAILED" : "WAITING")
                    .param(verdict.again() == null ? null : micros(verdict.again()))
                    .params(tenant, held.key().endpoint(), due.event())
                    .update();
            if (there == 1) { // else its customer was erased meanwhile
                insert(held.key(), due.event(), attempt);
            }
            return true;
        }));
    }

    private boolean renew(Held held, Verdict verdict) {
        String health = verdict.taken()
                ? "failing_since = NULL, failures = 0, paused_until = NULL"
                : "failing_since = COALESCE(failing_since, " + NOW + "), failures = failures + 1, paused_until = " + NOW
                        + " + INTERVAL ? MICROSECOND";
        JdbcClient.StatementSpec statement = jdbc.sql("UPDATE webhook_endpoint SET " + health + ", lease_until = " + NOW
                + " + INTERVAL ? MICROSECOND WHERE tenant_id = ? AND id = ? AND lease = ?");
        if (!verdict.taken()) {
            statement = statement.param(verdict.pause() == null ? null : micros(verdict.pause()));
        }
        return statement
                        .params(
                                micros(properties.lease()),
                                held.key().tenant().value(),
                                held.key().endpoint(),
                                held.fence())
                        .update()
                == 1;
    }

    private void insert(Key key, long event, WebhookAttempt attempt) {
        jdbc.sql(
                        "INSERT INTO webhook_attempt (tenant_id, id, endpoint_id, event_id, at, millis, status, problem, answer) "
                                + "VALUES (?, ?, ?, ?, " + NOW + ", ?, ?, ?, ?)")
                .params(key.tenant().value(), TimeOrderedIds.next(), key.endpoint(), event)
                .param(attempt.took().toMillis())
                .param(attempt.status())
                .param(attempt.problem())
                .param(attempt.answer())
                .update();
    }

    /** How many failures there were in a row. */
    int failures(Key key) {
        return jdbc.sql("SELECT failures FROM webhook_endpoint WHERE tenant_id = ? AND id = ?")
                .params(key.tenant().value(), key.endpoint())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** Since when nothing was taken. */
    Optional<Instant> failingSince(Key key) {
        return jdbc.sql("SELECT failing_since FROM webhook_endpoint WHERE tenant_id = ? AND id = ? "
                        + "AND failing_since IS NOT NULL")
                .params(key.tenant().value(), key.endpoint())
                .query((rs, n) -> EndpointRows.instant(rs, 1))
                .optional();
    }

    /** Ends it, if it is still told; whether it was this call that ended it. */
    boolean end(Key key, State why) {
        return jdbc.sql("UPDATE webhook_endpoint SET state = ?, state_at = " + NOW
                                + " WHERE tenant_id = ? AND id = ? AND state = 'ENABLED'")
                        .params(why.name(), key.tenant().value(), key.endpoint())
                        .update()
                == 1;
    }

    void release(Held held) {
        jdbc.sql("UPDATE webhook_endpoint SET lease = NULL, lease_until = NULL WHERE tenant_id = ? AND id = ? "
                        + "AND lease = ?")
                .params(held.key().tenant().value(), held.key().endpoint(), held.fence())
                .update();
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
