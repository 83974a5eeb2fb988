package io.perennial.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.perennial.kernel.TenantId;
import io.perennial.sample.EmbeddedMariaDb;
import io.perennial.support.CapturedLog;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** The copy here is a server of its own, with the two tables that are asked; what replicates copies the beat alone. */
@IntegrationTest
@TenantSql("Fills a second server, and looks at the rows themselves.")
class AnalysisReadsTest {

    private static final Path FOLDER =
            Path.of("target", "mariadb", "even-" + ProcessHandle.current().pid());
    private static final Duration MAXIMUM_LAG = Duration.ofSeconds(30);

    @Autowired
    DataSource primary;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    TestTenants tenants;

    @Autowired
    AnalysisReads ofTheApplication;

    private static EmbeddedMariaDb server;
    private static HikariDataSource admin;
    private static Integer there;

    private boolean replicates = true;
    private HikariDataSource copy;
    private AnalysisReads reads;
    private Thread replication;

    @BeforeAll
    static void anotherServer() {
        server = EmbeddedMariaDb.start(FOLDER, Path.of("target", "mariadb"));
        admin = new HikariDataSource();
        admin.setJdbcUrl(server.properties().get("spring.datasource.url").toString());
        admin.setUsername(server.properties().get("spring.datasource.username").toString());
        admin.setPassword(server.properties().get("spring.datasource.password").toString());
        JdbcTemplate fill = new JdbcTemplate(admin);
        fill.execute("CREATE TABLE analysis_beat (id TINYINT PRIMARY KEY, beat BIGINT, beaten_at DATETIME(6))");
        fill.execute("CREATE TABLE customer_tag (tenant_id BIGINT, customer_id BIGINT, tag VARCHAR(60))");
        there = where(admin);
    }

    @AfterAll
    static void ended() {
        admin.close();
        server.close();
        FileSystemUtils.deleteRecursively(FOLDER.toFile());
    }

    @BeforeEach
    void aCopyThatIsEven() throws SQLException {
        copy = pool(server.properties().get("spring.datasource.url").toString());
        reads = new AnalysisReads(primary, copy, MAXIMUM_LAG);
        replication = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    replicate();
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                // The test is over.
            }
        });
    }

    private synchronized void replicate() {
        if (!replicates) {
            return;
        }
        jdbc.query("SELECT beat, beaten_at FROM analysis_beat", rs -> {
            new JdbcTemplate(admin)
                    .update(
                            "REPLACE INTO analysis_beat (id, beat, beaten_at) VALUES (1, ?, ?)",
                            rs.getObject(1),
                            rs.getObject(2));
        });
    }

    @AfterEach
    void away() throws InterruptedException {
        pause();
        replication.interrupt();
        replication.join();
        reads.stop();
        copy.close();
    }

    private HikariDataSource pool(String url) throws SQLException {
        return AnalysisConnections.pool(
                new AnalysisSettings.Datasource(
                        url,
                        server.properties().get("spring.datasource.username").toString(),
                        server.properties().get("spring.datasource.password").toString(),
                        4,
                        Duration.ofSeconds(1)),
                primary);
    }

    private static Integer where(DataSource source) {
        return new JdbcTemplate(source).queryForObject("SELECT @@port", Integer.class);
    }

    @Test
    void withoutACopyTheDatabaseItselfIsAsked() {
        assertThat(ofTheApplication.isConfigured()).isFalse();
        assertThat(ofTheApplication.isUsable()).isFalse();
        assertThat(ofTheApplication.<DataSource>read(source -> source)).isSameAs(primary);
        assertThat(ofTheApplication.asOfNow()).isSameAs(primary);
    }

    @Test
    void aCopyIsAskedOnceItIsKnownToBeEven() {
        assertThat(reads.read(AnalysisReadsTest::where))
                .as("nobody has looked yet")
                .isNotEqualTo(there);
        reads.look();
        assertThat(reads.isUsable()).isTrue();
        assertThat(reads.behind())
                .hasValueSatisfying(behind -> assertThat(behind).isLessThan(Duration.ofSeconds(20)));
        assertThat(reads.read(AnalysisReadsTest::where)).isEqualTo(there);
        assertThat(where(reads.asOfNow())).isEqualTo(there);
        assertThat(reads.<Boolean>read(reads::isCopy)).isTrue();
    }

    @Test
    void eachBusinessSeesItsOwnOfTheCopy() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        tag(acme, 2);
        tag(globex, 5);
        reads.look();
        assertThat(reads.<Long>read(source -> tags(source, acme))).isEqualTo(2);
        assertThat(reads.<Long>readAsOfNow(source -> tags(source, globex))).isEqualTo(5);
        assertThat(tags(primary, acme)).isZero();
    }

    private static void tag(TenantId tenant, int customers) {
        for (int i = 1; i <= customers; i++) {
            new JdbcTemplate(admin)
                    .update(
                            "INSERT INTO customer_tag (tenant_id, customer_id, tag) VALUES (?, ?, 'vip')",
                            tenant.value(),
                            i);
        }
    }

    private static long tags(DataSource source, TenantId tenant) {
        return new JdbcTemplate(source)
                .queryForObject("SELECT COUNT(*) FROM customer_tag WHERE tenant_id = ?", Long.class, tenant.value());
    }

    @Test
    void connectionsToTheCopyReadOnlyWhatIsCommitted() throws SQLException {
        try (Connection connection = copy.getConnection()) {
            assertThat(connection.isReadOnly()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
        JdbcTemplate there = new JdbcTemplate(copy);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> there.update("DELETE FROM customer_tag WHERE tenant_id = 1"));
    }

    @Test
    void aCopyThatIsTooFarBehindIsLeftAloneUntilItHasCaughtUp() {
        reads.look();
        standStill();
        reads.look();
        assertThat(reads.isUsable()).as("an hour ago it was even").isFalse();
        assertThat(reads.behind())
                .hasValueSatisfying(
                        behind -> assertThat(behind).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(62)));
        assertThat(reads.read(AnalysisReadsTest::where)).isNotEqualTo(there);
        assertThat(where(reads.asOfNow())).isNotEqualTo(there);
        goOn();
        reads.look();
        assertThat(reads.read(AnalysisReadsTest::where)).isEqualTo(there);
    }

    private void standStill() {
        pause();
        new JdbcTemplate(admin).update("UPDATE analysis_beat SET beaten_at = beaten_at - INTERVAL 1 HOUR WHERE id = 1");
    }

    private synchronized void goOn() {
        replicates = true;
    }

    /** Not in the midst of a row. */
    private synchronized void pause() {
        replicates = false;
    }

    @Test
    void aCopyThatWasNeverFilledIsNoCopy() {
        pause();
        new JdbcTemplate(admin).update("DELETE FROM analysis_beat");
        reads.look();
        assertThat(reads.isUsable()).isFalse();
        assertThat(reads.behind()).isEmpty();
        assertThat(reads.read(AnalysisReadsTest::where)).isNotEqualTo(there);
    }

    @Test
    void whatIsAskedWithinATransactionDoesNotWaitForIt() {
        reads.look();
        Integer served = transactions.execute(status -> {
            jdbc.queryForList("SELECT beat FROM analysis_beat WHERE id = 1");
            return where(reads.asOfNow());
        });
        assertThat(served).isEqualTo(there);
    }

    @Test
    void workThatTheCopyLosesRunsAgainOnTheDatabaseAndThePagesGoOn() {
        reads.look();
        AtomicInteger times = new AtomicInteger();
        try (CapturedLog log = new CapturedLog()) {
            Integer where = reads.read(source -> {
                times.incrementAndGet();
                return reads.isCopy(source) ? whileItIsKilled(source) : where(source);
            });
            assertThat(where).isNotEqualTo(there);
            assertThat(log.ours()).anyMatch(line -> line.contains("does not answer as it should"));
        }
        assertThat(times).hasValue(2);
        assertThat(reads.isUsable()).isFalse();
        assertThat(reads.read(AnalysisReadsTest::where)).isNotEqualTo(there);
        reads.look();
        assertThat(reads.read(AnalysisReadsTest::where)).isEqualTo(there);
    }

    private Integer whileItIsKilled(DataSource source) {
        try (Connection connection = source.getConnection()) {
            JdbcTemplate on = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            new JdbcTemplate(admin).execute("KILL " + on.queryForObject("SELECT CONNECTION_ID()", Long.class));
            return on.queryForObject("SELECT @@port", Integer.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFaultOfTheWorkItselfIsTheWorks() {
        reads.look();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> reads.read(source -> {
                    throw new IllegalStateException("no rule");
                }));
        assertThat(reads.isUsable()).isTrue();
    }

    @Test
    void aServerThatIsAwayOrSaysNothingHoldsNobodyUp() throws IOException, SQLException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int away;
            try (ServerSocket closed = new ServerSocket(0)) {
                away = closed.getLocalPort();
            }
            for (int port : List.of(away, silent.getLocalPort())) {
                try (HikariDataSource pool = pool("jdbc:mysql://127.0.0.1:" + port + "/perennial")) {
                    AnalysisReads none = new AnalysisReads(primary, pool, MAXIMUM_LAG);
                    none.look();
                    assertThat(none.isUsable()).isFalse();
                    long began = System.nanoTime();
                    assertThat(none.read(AnalysisReadsTest::where)).isNotEqualTo(there);
                    assertThat(where(none.asOfNow())).isNotEqualTo(there);
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
                    none.stop();
                }
            }
        }
    }
}
