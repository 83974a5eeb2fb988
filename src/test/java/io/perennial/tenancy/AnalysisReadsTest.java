package io.perennial.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.perennial.kernel.TenantId;
import io.perennial.support.CapturedLog;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The copy here is another schema of the same server, in which the beat is a view of the database's own (a copy that is
 * even), or a row of its own (one that is not).
 */
@IntegrationTest
@TenantSql("Makes a second schema, and looks at the rows themselves.")
class AnalysisReadsTest {

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

    private final String schema = "copy_" + UUID.randomUUID().toString().substring(0, 8);
    private HikariDataSource copy;
    private AnalysisReads reads;

    @BeforeEach
    void aCopyThatIsEven() throws SQLException {
        jdbc.execute("CREATE DATABASE " + schema);
        String itself = jdbc.queryForObject("SELECT DATABASE()", String.class);
        jdbc.execute("CREATE VIEW " + schema + ".analysis_beat AS SELECT * FROM " + itself + ".analysis_beat");
        jdbc.execute("CREATE TABLE " + schema + ".customer_tag LIKE customer_tag");
        copy = pool(url().replaceFirst("/" + itself, "/" + schema));
        reads = new AnalysisReads(primary, copy, MAXIMUM_LAG);
    }

    @AfterEach
    void away() {
        reads.stop();
        copy.close();
        jdbc.execute("DROP DATABASE " + schema);
    }

    private String url() throws SQLException {
        return primary.unwrap(HikariDataSource.class).getJdbcUrl();
    }

    private HikariDataSource pool(String url) throws SQLException {
        return AnalysisConnections.pool(
                new AnalysisSettings.Datasource(url, null, null, 4, Duration.ofSeconds(1)), primary);
    }

    private static String where(DataSource source) {
        return new JdbcTemplate(source).queryForObject("SELECT DATABASE()", String.class);
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
                .isNotEqualTo(schema);
        reads.look();
        assertThat(reads.isUsable()).isTrue();
        assertThat(reads.behind())
                .hasValueSatisfying(behind -> assertThat(behind).isLessThan(Duration.ofSeconds(20)));
        assertThat(reads.read(AnalysisReadsTest::where)).isEqualTo(schema);
        assertThat(where(reads.asOfNow())).isEqualTo(schema);
        assertThat(reads.<Boolean>read(reads::isCopy)).isTrue();
    }

    @Test
    void eachBusinessSeesItsOwnOfTheCopy() {
        TenantId acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        tag(schema, acme, 2);
        tag(schema, globex, 5);
        reads.look();
        assertThat(reads.<Long>read(source -> tags(source, acme))).isEqualTo(2);
        assertThat(reads.<Long>readAsOfNow(source -> tags(source, globex))).isEqualTo(5);
        assertThat(tags(primary, acme)).isZero();
    }

    private void tag(String where, TenantId tenant, int customers) {
        for (int i = 1; i <= customers; i++) {
            jdbc.update(
                    "INSERT INTO " + where + ".customer_tag (tenant_id, customer_id, tag) VALUES (?, ?, 'vip')",
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
        assertThat(reads.read(AnalysisReadsTest::where)).isNotEqualTo(schema);
        assertThat(where(reads.asOfNow())).isNotEqualTo(schema);
        goOn();
        reads.look();
        assertThat(reads.read(AnalysisReadsTest::where)).isEqualTo(schema);
    }

    private void standStill() {
        jdbc.execute("DROP VIEW " + schema + ".analysis_beat");
        jdbc.execute("CREATE TABLE " + schema + ".analysis_beat LIKE analysis_beat");
        jdbc.update("INSERT INTO " + schema
                + ".analysis_beat SELECT id, beat, beaten_at - INTERVAL 1 HOUR FROM analysis_beat");
    }

    private void goOn() {
        jdbc.execute("DROP TABLE " + schema + ".analysis_beat");
        jdbc.execute("CREATE VIEW " + schema + ".analysis_beat AS SELECT * FROM "
                + jdbc.queryForObject("SELECT DATABASE()", String.class) + ".analysis_beat");
    }

    @Test
    void aCopyThatWasNeverFilledIsNoCopy() {
        jdbc.execute("DROP VIEW " + schema + ".analysis_beat");
        jdbc.execute("CREATE TABLE " + schema + ".analysis_beat LIKE analysis_beat");
        reads.look();
        assertThat(reads.isUsable()).isFalse();
        assertThat(reads.behind()).isEmpty();
        assertThat(reads.read(AnalysisReadsTest::where)).isNotEqualTo(schema);
    }

    @Test
    void whatIsAskedWithinATransactionDoesNotWaitForIt() {
        reads.look();
        String there = transactions.execute(status -> {
            jdbc.queryForList("SELECT beat FROM analysis_beat WHERE id = 1");
            return where(reads.asOfNow());
        });
        assertThat(there).isEqualTo(schema);
    }

    @Test
    void workThatTheCopyLosesRunsAgainOnTheDatabaseAndThePagesGoOn() {
        reads.look();
        AtomicInteger times = new AtomicInteger();
        try (CapturedLog log = new CapturedLog()) {
            String where = reads.read(source -> {
                times.incrementAndGet();
                return reads.isCopy(source) ? whileItIsKilled(source) : where(source);
            });
            assertThat(where).isNotEqualTo(schema);
            assertThat(log.ours()).anyMatch(line -> line.contains("does not answer as it should"));
        }
        assertThat(times).hasValue(2);
        assertThat(reads.isUsable()).isFalse();
        assertThat(reads.read(AnalysisReadsTest::where)).isNotEqualTo(schema);
        reads.look();
        assertThat(reads.read(AnalysisReadsTest::where)).isEqualTo(schema);
    }

    private String whileItIsKilled(DataSource source) {
        try (Connection connection = source.getConnection()) {
            JdbcTemplate on = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            jdbc.execute("KILL " + on.queryForObject("SELECT CONNECTION_ID()", Long.class));
            return on.queryForObject("SELECT DATABASE()", String.class);
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
                URI known = URI.create(url().substring("jdbc:".length()));
                try (HikariDataSource pool = pool("jdbc:mysql://127.0.0.1:" + port + known.getPath())) {
                    AnalysisReads none = new AnalysisReads(primary, pool, MAXIMUM_LAG);
                    none.look();
                    assertThat(none.isUsable()).isFalse();
                    long began = System.nanoTime();
                    assertThat(none.read(AnalysisReadsTest::where)).isNotEqualTo(schema);
                    assertThat(where(none.asOfNow())).isNotEqualTo(schema);
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
                    none.stop();
                }
            }
        }
    }
}
