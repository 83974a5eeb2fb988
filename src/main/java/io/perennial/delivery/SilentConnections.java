package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Closes the connections of nodes that have fallen silent: the server then rolls back what they had not committed, and
 * what they had locked is free. A machine that is paused or cut off keeps its connections open, and the server would wait
 * for it for hours.
 *
 * @see NodeConnections
 */
@TenantSql("Connections serve all tenants; their table belongs to none.")
class SilentConnections {

    /** None of a node's connections said anything for so long; that of its pulse says something each second. */
    private static final Duration MUTE = Duration.ofSeconds(6);

    private static final Logger log = LoggerFactory.getLogger(SilentConnections.class);

    private final JdbcClient jdbc;

    SilentConnections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param quiet seconds since it said something, or since it asked what the server is still busy with */
    private record Open(long id, long quiet) {}

    /**
     * Closes those of a node, if all of them are mute: a node that only cannot beat, as it has more to do than its pool has
     * connections, is not cut off from its work.
     *
     * @return whether it has none any more
     */
    boolean close(long node) {
        List<Open> open = jdbc.sql("SELECT p.id, p.time FROM delivery_connection c "
                        + "JOIN information_schema.processlist p ON p.id = c.connection_id "
                        + "AND c.host = CONVERT(p.host USING utf8mb4) COLLATE utf8mb4_bin WHERE c.node = ?")
                .param(node)
                .query((rs, row) -> new Open(rs.getLong(1), rs.getLong(2)))
                .list();
        if (open.isEmpty()) {
            return true;
        }
        if (open.stream().allMatch(each -> each.quiet() >= MUTE.toSeconds())) {
            log.warn("Closing {} connections of the silent node {}", open.size(), node);
            open.forEach(this::close);
        }
        return false;
    }

    private void close(Open connection) {
        try {
            jdbc.sql("KILL " + connection.id()).update();
        } catch (DataAccessException e) {
            log.info("Connection {} was not closed: {}", connection.id(), e.getMessage());
        }
    }

    /** Forgets those of a node. */
    void forget(long node) {
        jdbc.sql("DELETE FROM delivery_connection WHERE node = ?").param(node).update();
    }

    /** Forgets those of a node that have ended; a pool renews them now and then. */
    void prune(long node) {
        List<Long> ended = jdbc.sql("SELECT c.connection_id FROM delivery_connection c "
                        + "LEFT JOIN information_schema.processlist p ON p.id = c.connection_id "
                        + "WHERE c.node = ? AND c.opened_at < UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE AND p.id IS NULL")
                .param(node)
                .query((rs, row) -> rs.getLong(1))
                .list();
        for (long connection : ended) {
            jdbc.sql("DELETE FROM delivery_connection WHERE connection_id = ? AND node = ?")
                    .params(connection, node)
                    .update();
        }
    }
}
