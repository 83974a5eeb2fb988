package io.perennial.api;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds out who sends a key. Asked of the database for each request, by an index of hashes: a revoked key is over with the
 * next request, on all nodes.
 */
@Component
@TenantSql("A key says whose it is; before that no tenant is known.")
public class ApiCallers {

    /** The time of the last use is written no more often. */
    private static final Duration COARSE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;

    ApiCallers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The program with this key, and notes that it was here; empty for a key that is unknown, revoked or expired. */
    public Optional<ApiCaller> find(ApiKeyText text) {
        LocalDateTime now = LocalDateTime.now(Clock.systemUTC());
        record Found(ApiCaller caller, boolean stale) {}
        Optional<Found> found = jdbc.sql(
                        "SELECT tenant_id, id, name, scopes, last_used_at FROM api_key /* all tenants */ "
                                + "WHERE key_hash = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)")
                .params(text.hash(), now)
                .query((rs, n) -> {
                    LocalDateTime used = rs.getObject(5, LocalDateTime.class);
                    return new Found(
                            new ApiCaller(
                                    new TenantId(rs.getLong(1)),
                                    rs.getLong(2),
                                    rs.getString(3),
                                    ApiScopes.read(rs.getString(4))),
                            used == null || used.isBefore(now.minus(COARSE)));
                })
                .optional();
        found.filter(Found::stale)
                .map(Found::caller)
                .ifPresent(caller -> jdbc.sql("UPDATE api_key SET last_used_at = ? WHERE tenant_id = ? AND id = ? "
                                + "AND (last_used_at IS NULL OR last_used_at < ?)")
                        .params(now, caller.tenant().value(), caller.key(), now.minus(COARSE))
                        .update());
        return found.map(Found::caller);
    }
}
