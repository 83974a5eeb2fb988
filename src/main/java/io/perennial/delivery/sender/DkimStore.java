package io.perennial.delivery.sender;

import io.perennial.delivery.sender.DkimKey.State;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.TenantSecrets;
import io.perennial.tenancy.TenantSql;
import java.security.KeyPair;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys in the database; private halves encrypted. Whoever calls says for which tenant. */
@Component
@TenantSql("Keys are read by workers, for a tenant each time; the private half is a blob that no entity should carry.")
class DkimStore {

    private static final String COLUMNS =
            "id, domain, selector, algorithm, state, public_key, created_at, checked_at, seen_at";

    private final JdbcClient jdbc;
    private final TenantSecrets secrets;

    DkimStore(JdbcClient jdbc, TenantSecrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    /** All keys of a domain, the newest last. */
    List<DkimKey> of(TenantId tenant, String domain) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM dkim_key WHERE tenant_id = ? AND domain = ? ORDER BY id")
                .params(tenant.value(), domain)
                .query(DkimStore::map)
                .list();
    }

    /** The keys in use for a domain. */
    List<Long> active(TenantId tenant, String domain) {
        return jdbc.sql("SELECT id FROM dkim_key WHERE tenant_id = ? AND domain = ? AND state = 'ACTIVE' ORDER BY id")
                .params(tenant.value(), domain)
                .query((rs, row) -> rs.getLong(1))
                .list();
    }

    /** A key in use, its private half opened; null when it is no longer. */
    DkimKeys.@Nullable Key key(TenantId tenant, long id) {
        return jdbc
                .sql("SELECT selector, algorithm, private_key FROM dkim_key "
                        + "WHERE tenant_id = ? AND id = ? AND state = 'ACTIVE'")
                .params(tenant.value(), id)
                .query((rs, row) -> new Sealed(
                        rs.getString("selector"),
                        DkimAlgorithm.valueOf(rs.getString("algorithm")),
                        rs.getBytes("private_key")))
                .list()
                .stream()
                // Not while reading: the first to open a secret asks the database for the key, on a connection of its
                // own.
                .map(kept -> new DkimKeys.Key(
                        kept.selector(),
                        kept.algorithm(),
                        kept.algorithm().privateKey(secrets.open(tenant, field(id), kept.privateKey()))))
                .findFirst()
                .orElse(null);
    }

    private record Sealed(String selector, DkimAlgorithm algorithm, byte[] privateKey) {}

    void add(TenantId tenant, String domain, String selector, DkimAlgorithm algorithm, KeyPair pair) {
        long id = TimeOrderedIds.next();
        jdbc.sql("INSERT INTO dkim_key (tenant_id, id, domain, selector, algorithm, state, public_key, private_key, "
                        + "created_at, changed_at) "
                        + "VALUES (?, ?, ?, ?, ?, 'WAITING', ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .params(
                        tenant.value(),
                        id,
                        domain,
                        selector,
                        algorithm.name(),
                        algorithm.published(pair.getPublic()),
                        secrets.seal(tenant, field(id), pair.getPrivate().getEncoded()))
                .update();
    }

    /** Notes what a look into the DNS found. */
    void looked(TenantId tenant, long id, boolean right) {
        jdbc.sql("UPDATE dkim_key SET checked_at = UTC_TIMESTAMP(6), "
                        + "seen_at = CASE WHEN ? THEN UTC_TIMESTAMP(6) ELSE seen_at END WHERE tenant_id = ? AND id = ?")
                .params(right, tenant.value(), id)
                .update();
    }

    /** Takes a waiting key into use; what it replaces loses its private half for good. */
    void activate(TenantId tenant, DkimKey key) {
        jdbc.sql("UPDATE dkim_key SET state = 'RETIRED', private_key = NULL, changed_at = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ? AND domain = ? AND algorithm = ? AND state = 'ACTIVE' AND id <> ?")
                .params(tenant.value(), key.domain(), key.algorithm().name(), key.id())
                .update();
        jdbc.sql("UPDATE dkim_key SET state = 'ACTIVE', changed_at = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ? AND id = ? AND state = 'WAITING'")
                .params(tenant.value(), key.id())
                .update();
    }

    /** Stops signing with a key; it can be taken into use again. */
    void suspend(TenantId tenant, long id) {
        jdbc.sql("UPDATE dkim_key SET state = 'WAITING', changed_at = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ? AND id = ? AND state = 'ACTIVE'")
                .params(tenant.value(), id)
                .update();
    }

    /** Forgets a key that is not in use. */
    void remove(TenantId tenant, long id) {
        jdbc.sql("DELETE FROM dkim_key WHERE tenant_id = ? AND id = ? AND state <> 'ACTIVE'")
                .params(tenant.value(), id)
                .update();
    }

    private static String field(long id) {
        return "dkim_key.private_key:" + id;
    }

    static DkimKey map(ResultSet rs, int row) throws SQLException {
        return new DkimKey(
                rs.getLong("id"),
                rs.getString("domain"),
                rs.getString("selector"),
                DkimAlgorithm.valueOf(rs.getString("algorithm")),
                State.valueOf(rs.getString("state")),
                rs.getString("public_key"),
                rs.getTimestamp("created_at").toInstant(),
                instant(rs.getTimestamp("checked_at")),
                instant(rs.getTimestamp("seen_at")));
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
