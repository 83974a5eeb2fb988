package io.perennial.webhooks;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.outside.NotOutside;
import io.perennial.outside.OutsideHosts;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSecrets;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.WebhookEndpoint.State;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The endpoints of the current business. */
@Service
@TenantSql("A handful of rows that workers lease; every statement names the tenant.")
public class Webhooks {

    /** Endpoints a business can have. */
    public static final int MOST = 10;

    public static final int LONGEST_DESCRIPTION = 200;

    private final JdbcClient jdbc;
    private final EndpointRows rows;
    private final OutsideHosts hosts;
    private final TenantSecrets secrets;
    private final Happenings happenings;
    private final AuditLog audit;
    private final WebhookProperties properties;

    Webhooks(
            JdbcClient jdbc,
            EndpointRows rows,
            OutsideHosts hosts,
            TenantSecrets secrets,
            Happenings happenings,
            AuditLog audit,
            WebhookProperties properties) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.hosts = hosts;
        this.secrets = secrets;
        this.happenings = happenings;
        this.audit = audit;
        this.properties = properties;
    }

    /** A new endpoint, or one with a new secret, which is to be had this once. */
    public record Made(WebhookEndpoint endpoint, WebhookSecret secret) {}

    /** All, the oldest first. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:write')")
    public List<WebhookEndpoint> list() {
        return rows.all(tenant());
    }

    /** @throws NoSuchElementException if the current business has no such endpoint */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:write')")
    public WebhookEndpoint require(long id) {
        return rows.find(tenant(), id).orElseThrow(() -> new NoSuchElementException("No endpoint " + id));
    }

    /**
     * Adds an endpoint that is told from now on.
     *
     * @param types one at least
     * @throws WebhookRefused if it may not be called, or there are {@link #MOST} already
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public Made add(String url, String description, Set<EventType> types) {
        FreshProof.require();
        String place = checked(url);
        String words = words(description);
        requireSome(types);
        if (list().size() >= MOST) {
            throw new WebhookRefused("webhooks.refused.too_many");
        }
        TenantId tenant = tenant();
        long id = TimeOrderedIds.next();
        WebhookSecret secret = WebhookSecret.random();
        LocalDateTime now = now();
        jdbc.sql("INSERT INTO webhook_endpoint (tenant_id, id, url, description, types, state, secret, created_at, "
                        + "created_by, state_at) VALUES (?, ?, ?, ?, ?, 'ENABLED', ?, ?, ?, ?)")
                .params(tenant.value(), id, place, words, EventType.write(types), sealed(tenant, id, secret), now)
                .params(CurrentStaff.actorName().orElse("Perennial"), now)
                .update();
        audit.record(
                WebhookDeed.ADDED,
                id,
                place,
                AuditChanges.none().and("webhooks.deed.types", null, EventType.write(types)));
        happenings.look(tenant);
        return new Made(require(id), secret);
    }

    /**
     * Changes where it is and what it is told.
     *
     * @throws WebhookRefused if it may not be called
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void change(long id, String url, String description, Set<EventType> types) {
        WebhookEndpoint before = require(id);
        String place = checked(url);
        String words = words(description);
        requireSome(types);
        if (!place.equals(before.url())) {
            FreshProof.require(); // where it goes is as good as the secret
        }
        AuditChanges changes = AuditChanges.none()
                .and("webhooks.deed.url", before.url(), place)
                .and("webhooks.deed.description", before.description(), words)
                .and("webhooks.deed.types", EventType.write(before.types()), EventType.write(types));
        if (changes.isEmpty()) {
            return;
        }
        jdbc.sql("UPDATE webhook_endpoint SET url = ?, description = ?, types = ? WHERE tenant_id = ? AND id = ?")
                .params(place, words, EventType.write(types), tenant().value(), id)
                .update();
        audit.record(WebhookDeed.CHANGED, id, place, changes);
        happenings.look(tenant());
    }

    /** Makes a new secret; the one before signs along for {@link WebhookProperties#overlap}. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public Made replaceSecret(long id) {
        FreshProof.require();
        WebhookEndpoint endpoint = require(id);
        WebhookSecret secret = WebhookSecret.random();
        // Assignments go from left to right: the old one is taken before the new one is there.
        jdbc.sql("UPDATE webhook_endpoint SET old_secret = secret, old_secret_until = ?, secret = ? "
                        + "WHERE tenant_id = ? AND id = ?")
                .params(now().plus(properties.overlap()), sealed(tenant(), id, secret), tenant().value(), id)
                .update();
        audit.record(WebhookDeed.SECRET_REPLACED, id, endpoint.url());
        return new Made(require(id), secret);
    }

    /** Tells it again, what waited included. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void switchOn(long id) {
        turn(id, State.ENABLED, WebhookDeed.SWITCHED_ON);
    }

    /** Tells it nothing more; what waits, waits until it is told again or too old. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void switchOff(long id) {
        turn(id, State.DISABLED, WebhookDeed.SWITCHED_OFF);
    }

    /** Removes it with what waits for it. The log of what it was sent goes with the events, when they are old. */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void remove(long id) {
        WebhookEndpoint endpoint = require(id);
        jdbc.sql("DELETE FROM webhook_endpoint WHERE tenant_id = ? AND id = ?")
                .params(tenant().value(), id)
                .update();
        audit.record(WebhookDeed.REMOVED, id, endpoint.url());
        happenings.look(tenant());
    }

    private void turn(long id, State state, WebhookDeed deed) {
        WebhookEndpoint endpoint = require(id);
        if (endpoint.state() == state) {
            return;
        }
        rows.turn(tenant(), id, state);
        audit.record(deed, id, endpoint.url());
        happenings.look(tenant());
    }

    /** Where it leads now: asked again whenever something is sent. */
    private String checked(String url) {
        try {
            URI place = OutsideHosts.parse(url);
            hosts.find(place);
            return place.toString();
        } catch (NotOutside e) {
            throw new WebhookRefused("webhooks.refused." + e.reason().name().toLowerCase(Locale.ROOT));
        }
    }

    private static String words(String description) {
        String clean = description.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() > LONGEST_DESCRIPTION ? clean.substring(0, LONGEST_DESCRIPTION) : clean;
    }

    private static void requireSome(Set<EventType> types) {
        if (types.isEmpty() || !EventType.OFFERED.containsAll(types)) {
            throw new WebhookRefused("webhooks.refused.no_types");
        }
    }

    private byte[] sealed(TenantId tenant, long id, WebhookSecret secret) {
        return secrets.seal(tenant, EndpointRows.field(id), secret.bytes());
    }

    private static LocalDateTime now() {
        return LocalDateTime.ofInstant(Instant.now().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static TenantId tenant() {
        return CurrentTenant.require();
    }
}
