package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secret that signs links: configured, or made once and kept in the database, where all nodes find it. */
@Component
@TenantSql("The secret belongs to the installation; its table is nobody's tenant data.")
class LinkSecret {

    private static final String NAME = "links";

    private final PublicProperties properties;
    private final JdbcClient jdbc;

    LinkSecret(PublicProperties properties, JdbcClient jdbc) {
        this.properties = properties;
        this.jdbc = jdbc;
    }

    byte[] bytes() {
        String configured = properties.secret();
        if (configured != null && !configured.isBlank()) {
            return configured.getBytes(StandardCharsets.UTF_8);
        }
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        // Of several nodes starting at once, the first one's stays.
        jdbc.sql("INSERT INTO installation_secret (name, value, created_at) VALUES (?, ?, UTC_TIMESTAMP(6)) "
                        + "ON DUPLICATE KEY UPDATE name = VALUES(name)")
                .params(NAME, fresh)
                .update();
        return jdbc.sql("SELECT value FROM installation_secret WHERE name = ?")
                .param(NAME)
                .query((rs, row) -> rs.getBytes(1))
                .single();
    }
}
