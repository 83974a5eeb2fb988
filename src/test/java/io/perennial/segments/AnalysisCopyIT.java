package io.perennial.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.perennial.customers.exports.ExportFormat;
import io.perennial.customers.exports.ExportKind;
import io.perennial.customers.exports.Exports;
import io.perennial.insights.Insights;
import io.perennial.kernel.TenantId;
import io.perennial.sample.EmbeddedMariaDb;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.AnalysisReads;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * The console with a copy for analysis that is a server of its own. What replicates here copies the beat alone, and the
 * customers of the copy are others than the database's: what is shown tells which was asked.
 */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnalysisCopyIT {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");
    private static final Path FOLDER =
            Path.of("target", "mariadb", "copy-" + ProcessHandle.current().pid());
    private static final EmbeddedMariaDb SERVER = EmbeddedMariaDb.start(FOLDER, Path.of("target", "mariadb"));
    private static final HikariDataSource COPY = copy();
    private static final AtomicBoolean REPLICATES = new AtomicBoolean(true);

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AnalysisReads analysis;

    @Autowired
    Segments segments;

    @Autowired
    Rules rules;

    @Autowired
    KeptSegments kept;

    @Autowired
    Membership members;

    @Autowired
    Exports exports;

    @Autowired
    Insights insights;

    @Autowired
    TestTenants tenants;

    @Autowired
    HealthEndpoint health;

    private final JdbcTemplate there = new JdbcTemplate(COPY);

    @DynamicPropertySource
    static void itsCopy(DynamicPropertyRegistry registry) {
        SERVER.properties()
                .forEach((name, value) ->
                        registry.add(name.replace("spring.datasource", "perennial.analysis.datasource"), () -> value));
        registry.add("perennial.insights.scheduled", () -> true);
    }

    /** As the replication would write it; the rows of the tests belong to no business there. */
    private static HikariDataSource copy() {
        Map<String, Object> properties = SERVER.properties();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(properties.get("spring.datasource.url").toString());
        pool.setUsername(properties.get("spring.datasource.username").toString());
        pool.setPassword(properties.get("spring.datasource.password").toString());
        pool.setConnectionInitSql("SET FOREIGN_KEY_CHECKS = 0");
        Flyway.configure().dataSource(pool).load().migrate();
        return pool;
    }

    @AfterAll
    static void end() {
        REPLICATES.set(false);
        COPY.close();
        SERVER.close();
        FileSystemUtils.deleteRecursively(FOLDER.toFile());
    }

    @BeforeEach
    void replicated() {
        if (REPLICATES.get()) {
            Thread.ofVirtual().start(() -> {
                while (REPLICATES.get()) {
                    jdbc.query("SELECT beat, beaten_at FROM analysis_beat", rs -> {
                        there.update(
                                "REPLACE INTO analysis_beat (id, beat, beaten_at) VALUES (1, ?, ?)",
                                rs.getObject(1),
                                rs.getObject(2));
                    });
                    try {
                        Thread.sleep(20);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            await().atMost(Duration.ofSeconds(60)).until(analysis::isUsable);
        }
    }

    private TenantId business(int here, int inTheCopy) {
        TenantId shop = tenants.fresh("Copied");
        RuleContext context = new RuleContext(shop, ZONE, LocalDate.now(ZONE));
        new RandomCustomers(new Random(here), jdbc, context).insert(here);
        new RandomCustomers(new Random(inTheCopy), there, context).insert(inTheCopy);
        return shop;
    }

    @Test
    @Order(1)
    void countsAreTheCopysOfTheOwnBusinessAndSayHowFarBehindItIs() {
        TenantId acme = business(3, 7);
        TenantId globex = business(2, 5);
        TestTenants.asOwner(acme, () -> {
            CountedSegment looked = rules.look(Rule.everybody(), 20, unheard -> {});
            assertThat(looked.count()).isEqualTo(7);
            assertThat(looked.behind()).isNotNull();
            SegmentRef all = segments.create("Everybody", Rule.everybody());
            assertThat(segments.count(all.id())).as("which was made just now").isEqualTo(7);
        });
        TestTenants.asOwner(
                globex, () -> assertThat(rules.count(Rule.everybody())).isEqualTo(5));
    }

    @Test
    @Order(2)
    void whoIsInASegmentAndWhoWillBeWrittenToIsTheDatabasesAlone() {
        TenantId acme = business(3, 7);
        business(4, 4);
        SegmentId all = TestTenants.asOwner(
                acme, () -> segments.create("Everybody", Rule.everybody()).id());
        kept.lookAfter(acme);
        TestTenants.asOwner(acme, () -> {
            assertThat(members.size(all).members()).isEqualTo(3);
            SqlFragment audience = segments.customersIn(all);
            assertThat(jdbc.queryForList(
                            audience.sql(), Long.class, audience.params().toArray()))
                    .hasSize(3);
        });
    }

    @Test
    @Order(3)
    void listsAreExportedFromTheCopyButNeverWhatPeopleAgreedTo() {
        TenantId acme = business(3, 7);
        business(2, 2);
        int agreed =
                jdbc.queryForObject("SELECT COUNT(*) FROM consent WHERE tenant_id = ?", Integer.class, acme.value());
        int ordered = there.queryForObject(
                "SELECT COUNT(*) FROM customer_order WHERE tenant_id = ?", Integer.class, acme.value());
        TestTenants.asOwner(acme, () -> {
            assertThat(rows(ExportKind.CONSENTS)).isEqualTo(agreed);
            assertThat(rows(ExportKind.ORDERS)).isEqualTo(ordered).isPositive();
        });
    }

    private long rows(ExportKind kind) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rows = exports.list(kind, ExportFormat.CSV, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isNotBlank();
        return rows;
    }

    @Test
    @Order(4)
    void insightsReadTheOrdersOfTheCopy() {
        TenantId acme = business(0, 30);
        TestTenants.asOwner(acme, () -> insights.recompute());
        await().atMost(Duration.ofSeconds(90))
                .until(() -> TestTenants.asOwner(acme, () -> insights.latest().isPresent()));
    }

    @Test
    @Order(5)
    void whoWaitsNoLongerHasTheCopyStop() throws Exception {
        String slow = "SELECT SLEEP(50) AS picked, 'copy of %d' AS newest"
                .formatted(ProcessHandle.current().pid());
        DataSource copy = analysis.asOfNow();
        assertThat(analysis.isCopy(copy)).isTrue();
        RunningCount count = new RunningCount(
                copy, Collections.nCopies(2, SqlFragment.of(slow)), Duration.ofMinutes(1), progress -> {});
        Thread waiting =
                Thread.ofPlatform().uncaughtExceptionHandler((thread, e) -> {}).start(count);
        await().atMost(Duration.ofSeconds(20)).until(() -> runs(slow));
        count.stop();
        waiting.join(Duration.ofSeconds(20));
        assertThat(waiting.isAlive()).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(() -> !runs(slow));
    }

    private boolean runs(String sql) {
        return there.queryForObject(
                        "SELECT COUNT(*) FROM information_schema.processlist WHERE info = ?", Integer.class, sql)
                > 0;
    }

    @Test
    @Order(6)
    void statementsOnTheCopyAreWatchedAsAllOthers() {
        JdbcTemplate copy = new JdbcTemplate(analysis.asOfNow());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> copy.queryForList("SELECT id FROM customer LIMIT 1"))
                .withMessageContaining("tenant_id");
    }

    @Test
    @Order(7)
    void theConsoleGoesOnWithoutItsCopy() {
        TenantId acme = business(3, 7);
        business(1, 1);
        TestTenants.asOwner(
                acme, () -> assertThat(rules.count(Rule.everybody())).isEqualTo(7));
        REPLICATES.set(false);
        SERVER.close();
        TestTenants.asOwner(acme, () -> {
            CountedSegment looked = rules.look(Rule.everybody(), 20, unheard -> {});
            assertThat(looked.count()).isEqualTo(3);
            assertThat(looked.behind()).isNull();
            assertThat(looked.sample()).hasSize(3);
            assertThat(rows(ExportKind.ORDERS)).isNotNegative();
        });
        assertThat(analysis.isUsable()).isFalse();
        assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.UP);
        assertThat(List.of(health.health().getStatus())).containsExactly(Status.UP);
    }
}
