package io.perennial.api;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.FreshProof;
import io.perennial.accounts.Permission;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.TenantSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The keys of the current business. */
@Service
@TenantSql("A handful of rows; every statement names the tenant.")
public class ApiKeys {

    /** Keys a business can have that are neither revoked nor expired. */
    public static final int MOST = 50;

    public static final int LONGEST_NAME = 80;

    private final JdbcClient jdbc;
    private final AuditLog audit;

    ApiKeys(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** A new key with its text, which is to be had this once. */
    public record Made(ApiKey key, ApiKeyText text) {}

    /** All keys, the newest first; those that are over too, at most two hundred. */
    @Transactional(readOnly = true)
    @PreAuthorize("hasAuthority('settings:write')")
    public List<ApiKey> list() {
        return jdbc.sql("SELECT id, name, hint, scopes, created_at, created_by, expires_at, last_used_at, revoked_at, "
                        + "revoked_by FROM api_key WHERE tenant_id = ? ORDER BY id DESC LIMIT 200")
                .param(tenant())
                .query(ApiKeys::map)
                .list();
    }

    /**
     * Makes a key.
     *
     * @param scopes one at least, of {@link ApiScopes#ALL}, none that the one who makes it does not have
     * @param expiresAt in the future, or nothing
     * @throws IllegalArgumentException if one of these cannot be
     * @throws IllegalStateException if there are {@link #MOST} already
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public Made make(String name, Set<Permission> scopes, @Nullable Instant expiresAt) {
        FreshProof.require();
        String clean = name.replaceAll("\\p{Cntrl}+", " ").strip();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("A key has a name of 1 to " + LONGEST_NAME + " characters");
        }
        if (scopes.isEmpty()
                || !ApiScopes.ALL.containsAll(scopes)
                || !scopes.stream().allMatch(CurrentStaff::may)) {
            throw new IllegalArgumentException("A key may do what its maker may, and something at least: " + scopes);
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new IllegalArgumentException("A key expires in the future");
        }
        if (list().stream().filter(key -> key.state(now) == ApiKey.State.ACTIVE).count() >= MOST) {
            throw new IllegalStateException("There are " + MOST + " keys already");
        }
        ApiKeyText text = ApiKeyText.random();
        String by = CurrentStaff.actorName().orElse("Perennial");
        ApiKey key =
                new ApiKey(TimeOrderedIds.next(), clean, text.hint(), scopes, now, by, expiresAt, null, null, null);
        jdbc.sql(
                        "INSERT INTO api_key (tenant_id, id, name, key_hash, hint, scopes, created_at, created_by, expires_at) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(tenant(), key.id(), clean, text.hash(), key.hint(), ApiScopes.write(scopes), utc(now), by)
                .param(expiresAt == null ? null : utc(expiresAt))
                .update();
        audit.record(
                ApiKeyDeed.KEY_MADE,
                key.id(),
                clean,
                AuditChanges.none().and("api.deed.scopes", null, ApiScopes.write(scopes)));
        return new Made(key, text);
    }

    /**
     * Ends a key at once, on all nodes. One that is over already is left as it is.
     *
     * @throws NoSuchElementException if the current business has no such key
     */
    @Transactional
    @PreAuthorize("hasAuthority('settings:write')")
    public void revoke(long id) {
        ApiKey key = list().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("No key " + id));
        int revoked = jdbc.sql("UPDATE api_key SET revoked_at = ?, revoked_by = ? "
                        + "WHERE tenant_id = ? AND id = ? AND revoked_at IS NULL")
                .params(
                        LocalDateTime.now(Clock.systemUTC()),
                        CurrentStaff.actorName().orElse("Perennial"),
                        tenant(),
                        id)
                .update();
        if (revoked > 0) {
            audit.record(ApiKeyDeed.KEY_REVOKED, id, key.name());
        }
    }

    private static ApiKey map(ResultSet rs, int row) throws SQLException {
        return new ApiKey(
                rs.getLong("id"),
                rs.getString("name"),
                rs.getString("hint"),
                ApiScopes.read(rs.getString("scopes")),
                rs.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                rs.getString("created_by"),
                instant(rs, "expires_at"),
                instant(rs, "last_used_at"),
                instant(rs, "revoked_at"),
                rs.getString("revoked_by"));
    }

    private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
        LocalDateTime utc = rs.getObject(column, LocalDateTime.class);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime utc(Instant at) {
        return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private static long tenant() {
        return CurrentTenant.require().value();
    }
}
