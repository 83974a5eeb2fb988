package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Role;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffAccounts;
import io.perennial.campaigns.ChildConsole;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestDatabase;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two processes on one database: people are signed in on the other one, with a page open, when this one takes something from them.
 * Their next request is the last; and where they make none, their page is closed for them.
 *
 * @see <a href="../../../../../docs/decisions/0102-sign-in-and-session.md">0102-sign-in-and-session.md</a>
 */
@IntegrationTest
class TwoNodesIT {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"(?: content| value)=\"([^\"]+)\"");

    /** What each of them loses, and how it is taken. */
    private interface Taking {
        void from(EmailAddress person, long account);
    }

    @Autowired
    TestTenants tenants;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    private ChildConsole other;
    private TenantId acme;
    private TenantId globex;
    private Browser grace;

    @BeforeEach
    void twoBusinessesAndAnotherNode() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        other = ChildConsole.start(Path.of("target", "two-nodes.log"), TestDatabase.properties(), 1);
        other.awaitReady();
        grace = new Browser(member(globex, Role.OWNER));
        grace.comeIn();
    }

    @AfterEach
    void stop() {
        other.close();
    }

    @Test
    void whatOneNodeTakesIsGoneOnTheOtherAtTheNextRequestAndOffTheScreenWithinSeconds() {
        Map<String, Taking> takings = new LinkedHashMap<>();
        takings.put("removed", (person, account) -> TestTenants.asOwner(acme, () -> staff.remove(account)));
        takings.put(
                "disabled",
                (person, account) -> jdbc.sql("UPDATE staff_account SET enabled = FALSE WHERE id = ?")
                        .param(account)
                        .update());
        takings.put("another password", (person, account) -> accounts.replacePassword(account, "four calm words more"));
        takings.put(
                "ended elsewhere",
                (person, account) -> jdbc.sql("DELETE FROM staff_session WHERE account_id = ?")
                        .param(account)
                        .update());
        Map<String, Browser> asking = new LinkedHashMap<>();
        Map<String, Browser> looking = new LinkedHashMap<>();
        for (String what : takings.keySet()) {
            asking.put(what, new Browser(member(acme, Role.MARKETER)));
            looking.put(what, new Browser(member(acme, Role.MARKETER)));
            asking.get(what).comeIn();
            looking.get(what).comeIn();
        }
        takings.forEach((what, taking) -> {
            Browser browser = asking.get(what);
            assertThat(browser.goesOn()).as(what).isTrue();
            taking.from(browser.person, browser.account());
            assertThat(browser.goesOn()).as("after: %s", what).isFalse();
        });

        takings.forEach((what, taking) ->
                taking.from(looking.get(what).person, looking.get(what).account()));
        Instant taken = Instant.now();
        // The node ends the session; with it goes its row, and the pages hear of it by push. Nobody asked for anything.
        await().atMost(Duration.ofSeconds(2L * OpenPages.LOOKED_AT_EVERY))
                .until(() -> looking.values().stream().noneMatch(Browser::isListed));
        System.out.printf(
                "Open pages were closed %d ms after%n",
                Duration.between(taken, Instant.now()).toMillis());
        assertThat(looking.values()).noneMatch(Browser::goesOn);
        assertThat(grace.isListed()).isTrue();
        assertThat(grace.goesOn()).isTrue();
    }

    private EmailAddress member(TenantId tenant, Role role) {
        EmailAddress email = Door.freshEmail();
        accounts.addMember(tenant, accounts.ensureAccount(email, "Somebody", Door.PASSWORD), role);
        return email;
    }

    /** A person's browser on the other node, with a page of the console open. */
    private final class Browser {

        private final EmailAddress person;
        private final HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        Browser(EmailAddress person) {
            this.person = person;
        }

        long account() {
            return accounts.find(person).orElseThrow();
        }

        void comeIn() {
            Matcher token = CSRF.matcher(send("/login", null).body());
            assertThat(token.find()).isTrue();
            HttpResponse<String> in = send(
                    "/login",
                    "username=" + encoded(person.value()) + "&password=" + encoded(Door.PASSWORD) + "&_csrf="
                            + encoded(token.group(1)));
            assertThat(in.statusCode()).isEqualTo(302);
            assertThat(in.headers().firstValue("Location").orElseThrow()).doesNotContain("login");
            assertThat(page("")).contains("v-uiId");
            assertThat(isListed()).isTrue();
        }

        /** Whether the session is still among those of its person. */
        boolean isListed() {
            return jdbc.sql("SELECT COUNT(*) FROM staff_session WHERE account_id = ?")
                            .param(account())
                            .query(Integer.class)
                            .single()
                    > 0;
        }

        /** Asks for a page anew. */
        boolean goesOn() {
            HttpResponse<String> answer = send("/", null);
            if (answer.statusCode() == 302) {
                assertThat(answer.headers().firstValue("Location").orElseThrow())
                        .contains("/login");
                return false;
            }
            assertThat(answer.statusCode()).isEqualTo(200);
            return true;
        }

        /** What the server draws of a page as it is opened. */
        String page(String path) {
            return send("/?v-r=init&location=" + path + "&query=", null).body();
        }

        private HttpResponse<String> send(String path, String form) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(other.address() + path))
                    .timeout(Duration.ofMinutes(1))
                    .header("Accept", "text/html,*/*");
            if (form != null) {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
            }
            try {
                return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
