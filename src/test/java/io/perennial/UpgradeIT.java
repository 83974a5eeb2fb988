package io.perennial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerQuery;
import io.perennial.customers.Suppressions;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestDatabase;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/**
 * An installation of an older version is started with this one: its database is brought up to date, nothing of two
 * businesses is lost or changed, and people sign in as before. The continuous integration runs it on both databases.
 */
@IntegrationTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TenantSql("Loads and compares all rows of a database of its own.")
class UpgradeIT {

    private static final String BASELINE = "1085";
    private static final String PASSWORD = "three calm words";
    private static final TenantId ACME = new TenantId(101);
    private static final TenantId GLOBEX = new TenantId(102);

    /** Columns of each table as they were, and the rows' values; made before the context, which upgrades. */
    private static final Map<String, List<Map<String, Object>>> BEFORE = olderInstallation();

    @Autowired
    WebApplicationContext application;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    CustomerList customers;

    @Autowired
    Suppressions suppressions;

    private static Map<String, List<Map<String, Object>>> olderInstallation() {
        Map<String, Object> own = ofItsOwn(TestDatabase.properties());
        DriverManagerDataSource source = new DriverManagerDataSource(
                (String) own.get("spring.datasource.url"),
                (String) own.getOrDefault("spring.datasource.username", null),
                (String) own.getOrDefault("spring.datasource.password", null));
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .target(BASELINE)
                .load()
                .migrate();
        new ResourceDatabasePopulator(false, false, "UTF-8", new ClassPathResource("upgrade/v1085.sql"))
                .execute(source);
        JdbcTemplate jdbc = new JdbcTemplate(source);
        jdbc.update(
                "UPDATE staff_account SET password_hash = ?",
                "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD));
        Map<String, List<Map<String, Object>>> all = new TreeMap<>();
        for (String table : jdbc.queryForList(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
                        + "AND table_type = 'BASE TABLE'",
                String.class)) {
            String name = table.toLowerCase(Locale.ROOT);
            if (!name.startsWith("qrtz_") && !name.startsWith("flyway")) {
                all.put(name, rows(jdbc, name, "*"));
            }
        }
        TestDatabase.use(own);
        return all;
    }

    /** An empty one beside the tests' own, where that is not empty. */
    private static Map<String, Object> ofItsOwn(Map<String, Object> given) {
        String url = (String) given.get("spring.datasource.url");
        String told = System.getenv("PERENNIAL_TEST_DB_URL");
        if (told == null || told.isBlank()) {
            return given;
        }
        String name = url.replaceFirst("^jdbc:mysql://[^/]+/([^?]+).*", "$1");
        String beside = name + "_upgrade";
        new JdbcTemplate(new DriverManagerDataSource(url, (String) given.get("spring.datasource.username"), (String)
                        given.get("spring.datasource.password")))
                .execute("DROP DATABASE IF EXISTS `" + beside + '`');
        Map<String, Object> own = new HashMap<>(given);
        own.put(
                "spring.datasource.url",
                url.replace('/' + name, '/' + beside)
                        + (url.contains("createDatabaseIfNotExist")
                                ? ""
                                : (url.contains("?") ? "&" : "?") + "createDatabaseIfNotExist=true"));
        return own;
    }

    private static List<Map<String, Object>> rows(JdbcTemplate jdbc, String table, String columns) {
        return jdbc.query("SELECT " + columns + " FROM `" + table + "`", (rs, n) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= rs.getMetaData().getColumnCount(); i++) {
                Object value = rs.getObject(i);
                row.put(
                        rs.getMetaData().getColumnName(i),
                        value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
            }
            return row;
        });
    }

    @Test
    @Order(1)
    void everyRowIsThereAndUnchanged() {
        assertThat(BEFORE.values().stream().filter(rows -> !rows.isEmpty()))
                .as("tables with rows")
                .hasSizeGreaterThan(18);
        BEFORE.forEach((table, before) -> {
            if (!before.isEmpty()) {
                String columns = String.join(
                        ", ",
                        before.getFirst().keySet().stream()
                                .map(c -> '`' + c + '`')
                                .toList());
                List<Map<String, Object>> after = rows(jdbc, table, columns);
                assertThat(after).as(table).containsAll(before);
                assertThat(after.stream().filter(row -> !before.contains(row)))
                        .as("%s: rows that were not there", table)
                        .isEmpty();
            }
        });
    }

    @Test
    void theSchemaIsTheNewestAndNothingFailed() {
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM flyway_schema_history WHERE success = FALSE", Long.class))
                .isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM flyway_schema_history WHERE CAST(version AS UNSIGNED) > " + BASELINE,
                        Long.class))
                .isGreaterThan(50);
    }

    /** Afterwards, as a sign-in renews the hash of an old password. */
    @Test
    @Order(2)
    void peopleSignInAsBeforeAndEachBusinessSeesItsOwn() {
        MockMvcTester browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        for (String email : List.of("owner@acme.example", "owner@globex.example")) {
            assertThat(browser.perform(post("/login")
                                    .param("username", email)
                                    .param("password", PASSWORD)
                                    .with(csrf()))
                            .getResponse()
                            .getRedirectedUrl())
                    .isEqualTo("/");
        }
        assertThat(TestTenants.asOwner(ACME, () -> customers.count(CustomerQuery.ALL)))
                .isEqualTo(2);
        assertThat(TestTenants.asOwner(GLOBEX, () -> customers.count(CustomerQuery.ALL)))
                .isEqualTo(1);
        EmailAddress bob = new EmailAddress("bob@person.example");
        assertThat(TestTenants.asOwner(ACME, () -> suppressions.find(bob))).isPresent();
        assertThat(TestTenants.asOwner(GLOBEX, () -> suppressions.find(bob))).isEmpty();
    }
}
