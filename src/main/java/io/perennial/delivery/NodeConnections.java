package io.perennial.delivery;

import io.perennial.tenancy.AnalysisReads;
import io.perennial.tenancy.TenantSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * Notes in the database which connections are this node's, each once, when it is first used: the other nodes close them
 * should this one fall silent. Of all that the node does, not of sending alone: whatever it has locked when its machine is
 * paused, the others wait for.
 *
 * @see SilentConnections
 */
@Component
@TenantSql("Connections serve all tenants; their table belongs to none.")
class NodeConnections implements BeanPostProcessor {

    private static final Logger log = LoggerFactory.getLogger(NodeConnections.class);

    private static final String NOTE = "INSERT INTO delivery_connection (connection_id, node, host, opened_at) "
            + "SELECT p.id, ?, p.host, UTC_TIMESTAMP(6) FROM information_schema.processlist p "
            + "WHERE p.id = CONNECTION_ID() ON DUPLICATE KEY UPDATE node = VALUES(node), host = VALUES(host), "
            + "opened_at = VALUES(opened_at)";

    /** Those of the driver, not what the pool lends out. They don't say that they are equal, and are not kept alive. */
    private final Set<Connection> known = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private volatile long node;

    /** From here on connections are noted, for this node; 0 ends it. */
    void belongTo(long name) {
        node = name;
        known.clear();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        // The numbers of a copy's connections are those of other connections here, and whoever reads there locks
        // nothing.
        return bean instanceof DataSource source && !name.equals(AnalysisReads.CONNECTIONS) ? new Noting(source) : bean;
    }

    @TenantSql("Hands out connections; reads and writes nothing of a tenant.")
    private final class Noting extends DelegatingDataSource {

        private Noting(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            if (node != 0) {
                note(connection);
            }
            return connection;
        }
    }

    private void note(Connection lent) throws SQLException {
        Connection connection = lent.unwrap(Connection.class);
        if (!known.add(connection)) {
            return;
        }
        try {
            try (PreparedStatement statement = lent.prepareStatement(NOTE)) {
                statement.setLong(1, node);
                statement.executeUpdate();
            }
            if (!lent.getAutoCommit()) {
                lent.commit();
            }
        } catch (SQLException e) {
            // Whoever wanted the connection will see what is wrong with it; else it is tried when it is lent out again.
            known.remove(connection);
            log.debug("Could not note that a connection is this node's", e);
        }
    }
}
