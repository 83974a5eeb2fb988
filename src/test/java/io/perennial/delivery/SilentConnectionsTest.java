package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Which connections of a node are closed, and when. */
@IntegrationTest
class SilentConnectionsTest {

    /** Longer than a node may be mute. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    @Autowired
    JdbcClient jdbc;

    private final long node = TimeOrderedIds.next();
    private final NodeConnections noting = new NodeConnections();
    private SilentConnections silent;
    private DataSource source;

    @BeforeEach
    void aNodeElsewhere() {
        silent = new SilentConnections(jdbc);
        source = (DataSource) noting.postProcessAfterInitialization(unpooled(), "source");
        noting.belongTo(node);
        jdbc.sql("INSERT INTO delivery_node (id, host, pid, beat, started_at, seen_at) VALUES (?, 'elsewhere', 1, 1, "
                        + "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))")
                .param(node)
                .update();
    }

    @AfterEach
    void forget() {
        silent.forget(node);
        jdbc.sql("DELETE FROM delivery_node WHERE id = ?").param(node).update();
    }

    private static DataSource unpooled() {
        Map<String, Object> database = TestDatabase.properties();
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return getConnection((String) database.get("spring.datasource.username"), (String)
                        database.get("spring.datasource.password"));
            }

            @Override
            public Connection getConnection(String name, String password) throws SQLException {
                return DriverManager.getConnection((String) database.get("spring.datasource.url"), name, password);
            }
        };
    }

    private void lockedBy(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        say(connection, "UPDATE delivery_node SET beat = beat + 1 WHERE id = " + node);
    }

    private boolean isLocked() {
        return jdbc.sql("SELECT beat FROM delivery_node WHERE id = ? FOR UPDATE SKIP LOCKED")
                .param(node)
                .query(Long.class)
                .optional()
                .isEmpty();
    }

    private static void say(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long id(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void whatASilentNodeLockedIsFreeAndWhatItStillWritesIsRefused() throws SQLException {
        try (Connection one = source.getConnection();
                Connection two = source.getConnection()) {
            lockedBy(one);
            assertThat(silent.close(node)).as("at once").isFalse();
            assertThat(isLocked()).isTrue();
            pause();
            assertThat(silent.close(node)).isFalse();
            await().atMost(Duration.ofMinutes(2)).until(() -> silent.close(node));
            assertThat(isLocked()).isFalse();
            assertThatExceptionOfType(SQLException.class).isThrownBy(one::commit);
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> say(two, "SELECT 1"));
            long beat = jdbc.sql("SELECT beat FROM delivery_node WHERE id = ?")
                    .param(node)
                    .query(Long.class)
                    .single();
            assertThat(beat).isEqualTo(1);
        }
    }

    @Test
    void aNodeOfWhichOneConnectionStillTalksKeepsThemAll() throws SQLException {
        try (Connection idle = source.getConnection();
                Connection busy = source.getConnection()) {
            lockedBy(idle);
            pause();
            say(busy, "SELECT 1");
            assertThat(silent.close(node)).isFalse();
            idle.commit();
            assertThat(isLocked()).isFalse();
        }
    }

    /** Ids begin anew when the server starts: another's connection may bear the id of one that was this node's. */
    @Test
    void aConnectionFromAnotherPlaceThatBearsTheIdIsLeftAlone() throws SQLException {
        try (Connection others = unpooled().getConnection()) {
            jdbc.sql("INSERT INTO delivery_connection (connection_id, node, host, opened_at) "
                            + "VALUES (?, ?, '10.0.0.7:51234', UTC_TIMESTAMP(6))")
                    .params(id(others), node)
                    .update();
            pause();
            assertThat(silent.close(node)).as("it has none").isTrue();
            say(others, "SELECT 1");
        }
    }

    @Test
    void whatHasEndedIsForgottenWhatIsOpenIsKept() throws SQLException {
        try (Connection open = source.getConnection()) {
            long ended = Long.MAX_VALUE - node % 1_000_000;
            jdbc.sql("INSERT INTO delivery_connection (connection_id, node, host, opened_at) "
                            + "VALUES (?, ?, '10.0.0.7:51234', UTC_TIMESTAMP(6))")
                    .params(ended, node)
                    .update();
            jdbc.sql("UPDATE delivery_connection SET opened_at = opened_at - INTERVAL 1 HOUR WHERE node = ?")
                    .param(node)
                    .update();
            silent.prune(node);
            assertThat(jdbc.sql("SELECT connection_id FROM delivery_connection WHERE node = ?")
                            .param(node)
                            .query(Long.class)
                            .list())
                    .containsExactly(id(open));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SILENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
