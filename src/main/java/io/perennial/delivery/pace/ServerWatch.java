package io.perennial.delivery.pace;

import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells operators how this node finds the mail servers, and keeps workers from those that an operator paused. */
@Component
@TenantSql("Servers belong to the installation, not to a tenant.")
public class ServerWatch {

    private static final Logger log = LoggerFactory.getLogger(ServerWatch.class);
    private static final long KEPT = Duration.ofSeconds(2).toNanos();

    private final JdbcClient jdbc;
    private final Map<String, Boolean> told = new ConcurrentHashMap<>();
    private volatile Map<String, String> paused = Map.of();
    private volatile long readAt;
    private volatile boolean read;

    ServerWatch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Why an operator keeps this server from being used; nothing mostly. */
    public @Nullable String paused(String server) {
        if (!read || System.nanoTime() - readAt > KEPT) {
            Map<String, String> now = new HashMap<>();
            jdbc.sql("SELECT server, reason FROM delivery_server_pause")
                    .query((rs, row) -> now.put(rs.getString(1), rs.getString(2)))
                    .list();
            paused = now;
            readAt = System.nanoTime();
            read = true;
        }
        return paused.get(server);
    }

    void forget() {
        read = false;
    }

    /** The server answers; written only when that is news. */
    public void works(long node, String server) {
        if (!Boolean.TRUE.equals(told.get(server))) {
            tell(node, server, true, null);
        }
    }

    /** The server does not answer. */
    public void fails(long node, String server, String why) {
        tell(node, server, false, why.substring(0, Math.min(500, why.length())));
    }

    private void tell(long node, String server, boolean reachable, @Nullable String why) {
        try {
            jdbc.sql("INSERT INTO delivery_server_state (server, node, reachable, detail, since) "
                            + "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE "
                            + "since = IF(reachable = VALUES(reachable), since, VALUES(since)), "
                            + "reachable = VALUES(reachable), detail = COALESCE(VALUES(detail), detail)")
                    .param(server)
                    .param(node)
                    .param(reachable)
                    .param(why)
                    .update();
            told.put(server, reachable);
        } catch (DataAccessException e) {
            log.debug("The state of a server could not be told: {}", e.getMessage());
        }
    }
}
