package io.perennial.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.accounts.Permission;
import io.perennial.customers.ImportedData;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

/** Programs and their keys: two shops, each with its own. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class ApiKeysTest {

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    ApiKeys keys;

    @Autowired
    ImportedData rows;

    @Autowired
    JdbcTemplate jdbc;

    ApiClient programs;
    TenantId acme;
    TenantId globex;
    ApiKeys.Made key;
    ApiKeys.Made foreign;

    @BeforeEach
    void twoShopsWithKeys() {
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        key = programs.key(acme);
        foreign = programs.key(globex);
    }

    @Test
    void withoutAKeyThereIsNothingAndNoSession() {
        for (String sent :
                new String[] {null, "pk_live_nonsense", key.text().reveal() + "x", "pk_live_" + "a".repeat(49)}) {
            ApiClient.Answer answer = programs.send(sent, HttpMethod.GET, "/customers", null, null);
            assertThat(answer.status()).as(String.valueOf(sent)).isEqualTo(401);
            assertThat(answer.body().get("type").asString()).isEqualTo("urn:perennial:problem:unauthenticated");
            assertThat(answer.raw().getContentType()).startsWith("application/problem+json");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }
        assertThat(programs.get(key, "/customers").raw().getCookies()).isEmpty();
    }

    @Test
    void aKeyIsKeptAsAHashAndShownNowhereAgain() {
        String text = key.text().reveal();
        assertThat(text).startsWith("pk_live_").hasSize(57);
        assertThat(jdbc.queryForList("SELECT * FROM api_key WHERE tenant_id = ?", acme.value())
                        .toString())
                .doesNotContain(text);
        assertThat(key.text().toString()).doesNotContain(text.substring(10));
        assertThat(TestTenants.asOwner(acme, () -> keys.list()).getFirst().hint())
                .isEqualTo(text.substring(53));
    }

    @Test
    void aRevokedOrExpiredKeyIsOverAtOnce() {
        TestTenants.asOwner(acme, () -> keys.revoke(key.key().id()));
        assertThat(programs.get(key, "/customers").status()).isEqualTo(401);
        ApiKeys.Made brief = TestTenants.asOwner(
                acme,
                () -> keys.make(
                        "Brief", Set.of(Permission.CUSTOMER_READ), Instant.now().plusSeconds(3600)));
        assertThat(programs.get(brief, "/customers").status()).isEqualTo(200);
        jdbc.update(
                "UPDATE api_key SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE tenant_id = ? AND id = ?",
                acme.value(),
                brief.key().id());
        assertThat(programs.get(brief, "/customers").status()).isEqualTo(401);
        assertThat(rows.rows(acme, "audit_entry").toString())
                .contains("api.deed.key_made")
                .contains("api.deed.key_revoked");
    }

    @Test
    void aSuspendedBusinessIsNotServedUntilItMayWorkAgain() {
        jdbc.update(
                "UPDATE business SET suspended_at = UTC_TIMESTAMP(6), suspended_reason = 'Because' WHERE id = ?",
                acme.value());
        ApiClient.Answer answer = programs.get(key, "/customers");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().get("type").asString()).isEqualTo("urn:perennial:problem:business-stopped");
        assertThat(programs.get(foreign, "/customers").status()).isEqualTo(200);
        jdbc.update("UPDATE business SET suspended_at = NULL WHERE id = ?", acme.value());
        assertThat(programs.get(key, "/customers").status()).isEqualTo(200);
    }

    @Test
    void theLastUseIsWrittenOnceAMinute() {
        programs.get(key, "/customers");
        Object first = used();
        assertThat(first).isNotNull();
        programs.get(key, "/customers");
        assertThat(used()).isEqualTo(first);
        jdbc.update(
                "UPDATE api_key SET last_used_at = last_used_at - INTERVAL 61 SECOND WHERE tenant_id = ? AND id = ?",
                acme.value(),
                key.key().id());
        programs.get(key, "/customers");
        assertThat(((java.time.LocalDateTime) used())).isAfterOrEqualTo((java.time.LocalDateTime) first);
    }

    @Test
    void aKeyMayWhatItsScopesSay() {
        ApiKeys.Made reader = programs.key(acme, Permission.CUSTOMER_READ);
        assertThat(programs.get(reader, "/customers").status()).isEqualTo(200);
        ApiClient.Answer refused = programs.post(reader, "/customers", "{\"email\":\"ada@shop.example\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().get("detail").asString()).contains("customer:write");
        assertThat(rows.count(acme, "customer")).isZero();
    }

    @Test
    void nobodyMakesAKeyThatMayMoreThanThemselves() {
        assertThatThrownBy(() -> TestTenants.as(
                        acme,
                        io.perennial.accounts.Role.MARKETER,
                        () -> keys.make("Mine", Set.of(Permission.CUSTOMER_ERASE), null)))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> TestTenants.asOwner(acme, () -> keys.make("X", Set.of(Permission.STAFF_MANAGE), null)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersSayHowMuchIsLeft() {
        ApiClient.Answer answer = programs.get(key, "/customers");
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"key\";q=600;w=60");
        assertThat(answer.header("RateLimit")).matches("\"key\";r=59\\d;t=\\d+");
        for (int i = 0; i < 700; i++) {
            answer = programs.get(key, "/nothing");
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(programs.get(foreign, "/customers").status()).isEqualTo(200);
    }

    /** A bean that is a filter is put before every page by Spring Boot. */
    @Test
    void noFilterOfTheApiIsBeforeTheConsole() {
        assertThat(application.getBeansOfType(jakarta.servlet.Filter.class).values())
                .noneMatch(filter -> filter.getClass().getName().startsWith("io.perennial.api"));
    }

    @Test
    void theAuditLogNamesTheProgram() {
        String customer = programs.post(key, "/customers", "{\"externalId\":\"c\"}")
                .body()
                .get("id")
                .asString();
        programs.send(key, HttpMethod.DELETE, "/customers/" + customer, null, null);
        assertThat(rows.rows(acme, "erasure").getFirst().get("by_name")).isEqualTo("API key “Till”");
    }

    private Object used() {
        return jdbc.queryForMap(
                        "SELECT last_used_at FROM api_key WHERE tenant_id = ? AND id = ?",
                        acme.value(),
                        key.key().id())
                .get("last_used_at");
    }
}
