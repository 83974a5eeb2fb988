package io.perennial.delivery.sender;

import io.perennial.delivery.sender.ServerProbe.Finding;
import io.perennial.delivery.sender.ServerProbe.Problem;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSecrets;
import io.perennial.tenancy.TenantSql;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Own servers in the database, passwords encrypted. Whoever calls says for which tenant. */
@Component
@TenantSql("Read by workers, for a tenant each time; the password is a blob that no entity should carry.")
class ServerStore implements OwnServers {

    private static final String FIELD = "sender_server.secret";

    private final JdbcClient jdbc;
    private final TenantSecrets secrets;

    ServerStore(JdbcClient jdbc, TenantSecrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    @Override
    public long revision(TenantId tenant) {
        return jdbc.sql("SELECT revision FROM sender_server WHERE tenant_id = ? AND in_use")
                .param(tenant.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Override
    public @Nullable Access access(TenantId tenant) {
        return jdbc.sql("SELECT * FROM sender_server WHERE tenant_id = ? AND in_use")
                .param(tenant.value())
                .query((rs, row) -> new Access(
                        rs.getString("host"),
                        rs.getInt("port"),
                        Encryption.valueOf(rs.getString("encryption")),
                        rs.getString("username"),
                        opened(tenant, rs.getBytes("secret"))))
                .optional()
                .orElse(null);
    }

    @Nullable
    String password(TenantId tenant) {
        return jdbc.sql("SELECT secret FROM sender_server WHERE tenant_id = ? AND secret IS NOT NULL")
                .param(tenant.value())
                .query((rs, row) -> opened(tenant, rs.getBytes(1)))
                .optional()
                .orElse(null);
    }

    @Nullable
    SenderServer find(TenantId tenant) {
        return jdbc.sql("SELECT *, secret IS NOT NULL AS with_secret FROM sender_server WHERE tenant_id = ?")
                .param(tenant.value())
                .query((rs, row) -> {
                    String result = rs.getString("test_result");
                    return new SenderServer(
                            rs.getBoolean("in_use"),
                            rs.getString("host"),
                            rs.getInt("port"),
                            Encryption.valueOf(rs.getString("encryption")),
                            rs.getString("username"),
                            rs.getBoolean("with_secret"),
                            DkimStore.instant(rs.getTimestamp("tested_at")),
                            result == null
                                    ? null
                                    : new Finding(
                                            Problem.valueOf(result),
                                            Objects.requireNonNullElse(rs.getString("test_detail"), "")));
                })
                .optional()
                .orElse(null);
    }

    /** @param password a new one; null for none, unless the one that is there is kept */
    void save(TenantId tenant, SenderServer.Draft draft, @Nullable String password, boolean keepPassword) {
        byte[] sealed =
                password == null ? null : secrets.seal(tenant, FIELD, password.getBytes(StandardCharsets.UTF_8));
        jdbc.sql("INSERT INTO sender_server (tenant_id, revision, in_use, host, port, encryption, username, secret, "
                        + "changed_at) VALUES (?, 1, TRUE, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6)) "
                        + "ON DUPLICATE KEY UPDATE revision = revision + 1, in_use = TRUE, host = VALUES(host), "
                        + "port = VALUES(port), encryption = VALUES(encryption), username = VALUES(username), "
                        + "secret = CASE WHEN ? THEN secret ELSE VALUES(secret) END, "
                        + "changed_at = VALUES(changed_at), tested_at = NULL, test_result = NULL, test_detail = NULL")
                .param(tenant.value())
                .param(draft.host())
                .param(draft.port())
                .param(draft.encryption().name())
                .param(draft.username())
                .param(sealed)
                .param(keepPassword)
                .update();
    }

    void use(TenantId tenant, boolean own) {
        jdbc.sql("UPDATE sender_server SET in_use = ?, revision = revision + 1, changed_at = UTC_TIMESTAMP(6) "
                        + "WHERE tenant_id = ?")
                .params(own, tenant.value())
                .update();
    }

    void forget(TenantId tenant) {
        jdbc.sql("UPDATE sender_server SET in_use = FALSE, revision = revision + 1, username = NULL, secret = NULL, "
                        + "changed_at = UTC_TIMESTAMP(6), tested_at = NULL, test_result = NULL, test_detail = NULL "
                        + "WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    void tested(TenantId tenant, Finding finding) {
        String detail = finding.detail();
        jdbc.sql("UPDATE sender_server SET tested_at = UTC_TIMESTAMP(6), test_result = ?, test_detail = ? "
                        + "WHERE tenant_id = ?")
                .params(
                        finding.problem().name(),
                        detail.length() > 500 ? detail.substring(0, 500) : detail,
                        tenant.value())
                .update();
    }

    private @Nullable String opened(TenantId tenant, byte @Nullable [] sealed) {
        return sealed == null ? null : new String(secrets.open(tenant, FIELD, sealed), StandardCharsets.UTF_8);
    }
}
