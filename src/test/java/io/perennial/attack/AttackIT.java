package io.perennial.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.api.ApiKeys;
import io.perennial.api.ApiScopes;
import io.perennial.attack.Wire.Answer;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What somebody tries in an afternoon, byte by byte, on a running console. */
@RunningConsole
class AttackIT {

    private static final String PASSWORD = "three calm words";
    private static final Pattern LINK = Pattern.compile("(https?://[^/\\s\"<>]+)/sign-in/new-password/([\\w-]{43})");

    /** What no answer to anybody may say. */
    private static final Pattern INSIDE = Pattern.compile(
            "io\\.perennial|org\\.(springframework|apache|hibernate)|com\\.(vaadin|mysql)|tools\\.jackson|Exception\\b|\\tat |"
                    + "SELECT |INSERT |Tomcat/|/root/|/app/");

    @Autowired
    StaffAccounts accounts;

    @Autowired
    ApiKeys keys;

    @Autowired
    TestTenants tenants;

    @LocalServerPort
    int port;

    private Wire attacker;
    private TenantId acme;
    private String mia;

    @BeforeEach
    void twoBusinesses() {
        attacker = new Wire(port);
        acme = tenants.fresh("Acme");
        TenantId globex = tenants.fresh("Globex");
        mia = person(acme);
        person(globex);
    }

    private String person(TenantId tenant) {
        String email = "person" + TimeOrderedIds.next() + "@test.example";
        accounts.addMember(tenant, accounts.ensureAccount(new EmailAddress(email), "Mia", PASSWORD), Role.OWNER);
        return email;
    }

    @Test
    void aPlantedSessionIsNotTheOneThatIsSignedIn() throws IOException {
        attacker.get("/login");
        String planted = attacker.cookie("__Host-perennial").orElseThrow();
        Wire victim = attacker.stranger();
        victim.plant("__Host-perennial", planted);
        assertThat(victim.signIn(mia, PASSWORD).header("Location")).isEqualTo("/");
        assertThat(victim.cookie("__Host-perennial")).isPresent().get().isNotEqualTo(planted);
        assertThat(attacker.get("/").header("Location")).isEqualTo("/login?ended");
    }

    @Test
    void aSessionInAnAddressIsNoSession() throws IOException {
        Wire victim = attacker.stranger();
        victim.signIn(mia, PASSWORD);
        String session = victim.cookie("__Host-perennial").orElseThrow();
        for (String name : List.of("jsessionid", "__Host-perennial")) {
            Answer answer = attacker.stranger().get("/settings;" + name + "=" + session);
            assertThat(answer.status()).as(name).isIn(302, 303, 400);
            assertThat(answer.text()).doesNotContain("id=\"outlet\"");
        }
        assertThat(attacker.stranger().get("/sign-in/forgot").body())
                .doesNotContainPattern("(href|src|action)=\"[^\"]*;");
    }

    /** Whoever may forge where they come from still has no more than an account takes from everywhere. */
    @Test
    void anAccountIsThrottledFromWhereverTheAttemptsSayTheyCome() throws IOException {
        String token = attacker.get("/login").csrf().orElseThrow();
        String form = "username=" + Wire.encoded(mia) + "&_csrf=" + Wire.encoded(token) + "&password=";
        for (int i = 0; i < 50; i++) {
            Answer answer = attacker.post("/login", form + "wrong", "X-Forwarded-For: 203.0.113." + i);
            assertThat(answer.header("Location")).as("attempt %d", i).isEqualTo("/login?error");
        }
        for (String header : List.of(
                "X-Forwarded-For: 203.0.113.99",
                "X-Real-IP: 1.2.3.4",
                "Forwarded: for=1.2.3.4",
                "True-Client-IP: 1.2.3.4")) {
            assertThat(attacker.post("/login", form + Wire.encoded(PASSWORD), header)
                            .header("Location"))
                    .as(header)
                    .contains("wait=");
        }
    }

    @Test
    void linksInMailsLeadHomeWhateverHostTheRequestNamed() throws IOException {
        String token = attacker.get("/sign-in/forgot").csrf().orElseThrow();
        Answer answer = attacker.post(
                "/sign-in/forgot",
                "email=" + Wire.encoded(mia) + "&_csrf=" + Wire.encoded(token),
                "Host: evil.example",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Prefix: /evil");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("//evil.example");
        Matcher link = mailedLink(mia);
        assertThat(link.group(1)).isEqualTo("https://console.example");
    }

    @Test
    void nothingIsRedirectedElsewhere() throws IOException {
        for (String path : List.of(
                "//evil.example/%2e%2e",
                "/\\evil.example",
                "/%5cevil.example/",
                "/login?continue=https://evil.example",
                "/login?redirect=//evil.example",
                "/settings?next=https://evil.example",
                "/sign-in/code?url=https://evil.example",
                "/p/c/" + "a".repeat(60) + "?u=https://evil.example",
                "/p/c/https:%2f%2fevil.example")) {
            Answer answer = attacker.get(path, "Host: evil.example", "X-Forwarded-Host: evil.example");
            assertThat(answer.header("Location"))
                    .as(path)
                    .doesNotContain("evil.example/")
                    .doesNotStartWith("//");
            assertThat(answer.header("Location")).as(path).matches("|/[^/\\\\].*|/");
        }
        Wire visitor = attacker.stranger();
        visitor.get("/settings?next=https://evil.example");
        assertThat(visitor.signIn(mia, PASSWORD).header("Location")).startsWith("https://console.example/settings");
    }

    @Test
    void noFileOfTheMachineIsServed() throws IOException {
        Wire staff = attacker.stranger();
        staff.signIn(mia, PASSWORD);
        for (String path : List.of(
                "/images/../../application.yaml",
                "/images/..%2f..%2fapplication.yaml",
                "/images/%2e%2e/%2e%2e/application.yaml",
                "/images/..%252f..%252fapplication.yaml",
                "/images/..;/..;/application.yaml",
                "/fonts/..%5c..%5capplication.yaml",
                "/VAADIN/build/..%2f..%2f..%2fapplication.yaml",
                "/VAADIN/../application.yaml",
                "/VAADIN/static/../../config/flow-build-info.json",
                "/VAADIN/config/flow-build-info.json",
                "/VAADIN/config/stats.json",
                "/VAADIN/dynamic/resource/0/00000000-0000-0000-0000-000000000000/..%2f..%2fetc%2fpasswd",
                "/aura/../../../etc/passwd",
                "/META-INF/sbom/application.cdx.json",
                "/WEB-INF/web.xml",
                "/BOOT-INF/classes/application.yaml",
                "/.git/config",
                "/application.yaml",
                "/db/migration/V0101__business.sql",
                "/i18n/shell.properties")) {
            for (Wire who : List.of(attacker, staff)) {
                Answer answer = who.get(path);
                assertThat(answer.body())
                        .as(path)
                        .doesNotContain(
                                "spring:",
                                "datasource",
                                "root:x:",
                                "CREATE TABLE",
                                "productionMode",
                                "shell.denied=",
                                "[core]");
            }
        }
    }

    @Test
    void noDoorOfTheMachineRoomIsOpen() throws IOException {
        Wire staff = attacker.stranger();
        staff.signIn(mia, PASSWORD);
        for (String endpoint : List.of(
                "",
                "/env",
                "/beans",
                "/configprops",
                "/heapdump",
                "/threaddump",
                "/loggers",
                "/mappings",
                "/shutdown",
                "/httpexchanges",
                "/sessions",
                "/flyway",
                "/quartz",
                "/caches",
                "/metrics",
                "/logfile",
                "/info",
                "/conditions",
                "/scheduledtasks",
                "/startup",
                "/prometheus",
                "/sbom",
                "/sbom/application",
                "/health/db",
                "/health/readiness/db")) {
            for (Wire who : List.of(attacker, staff)) {
                for (String method : List.of("GET", "POST")) {
                    Answer answer = who.send(method, "/actuator" + endpoint, "");
                    boolean shell =
                            answer.body().contains("id=\"outlet\""); // the console's page that says: nothing here
                    assertThat(shell || answer.status() >= 300)
                            .as("%s /actuator%s: %s", method, endpoint, answer)
                            .isTrue();
                }
            }
        }
        for (String path : List.of(
                "/v3/api-docs", "/swagger-ui/index.html", "/h2-console", "/console", "/jolokia", "/manager/html")) {
            assertThat(attacker.get(path).status()).as(path).isIn(302, 303, 404);
        }
        assertThat(attacker.get("/actuator/health").body()).doesNotContain("database", "diskSpace", "MySQL");
    }

    @Test
    void refusalsSayNothingOfTheInside() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (String path : List.of(
                "/login?wait=1%00",
                "/p/u/%ff%fe",
                "/p/c/" + "x".repeat(5000),
                "/sign-in/new-password/'%20OR%201=1",
                "/p/join/../../x",
                "/api/v1/customers?limit=abc",
                "/api/v1/nothing",
                "/error",
                "/p/o/.gif",
                "/VAADIN/dynamic/resource/x/y/z",
                "/?v-r=uidl",
                "/?v-r=heartbeat",
                "/?v-r=init&location=%ff",
                "/?v-r=webcomponent-bootstrap",
                "/?v-r=push")) {
            for (String method :
                    List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "CONNECT", "FOO")) {
                answers.add(attacker.send(method, path, ""));
            }
        }
        answers.add(
                attacker.send("POST", "/sign-in/forgot", "--x\r\n", "Content-Type: multipart/form-data; boundary=y"));
        answers.add(attacker.send("POST", "/?v-r=uidl", "{\"csrfToken\":", "Content-Type: application/json"));
        answers.add(attacker.get("/login", "Accept: application/json"));
        answers.add(attacker.get("/p/nothing", "Accept: application/xml"));
        answers.add(attacker.get("/login", "Cookie: " + "a".repeat(20_000)));
        answers.add(attacker.get("/login", "Accept-Language: " + "x-".repeat(3000)));
        answers.add(attacker.raw("GET / HTTP/9.9\r\n\r\n"));
        answers.add(attacker.raw("\u0016\u0003\u0001\u0002\r\n\r\n"));
        answers.add(attacker.raw("GET /login HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"));
        answers.add(
                attacker.raw(
                        "POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"));
        for (Answer answer : answers) {
            assertThat(INSIDE.matcher(answer.text()).find())
                    .as(answer.toString())
                    .isFalse();
            assertThat(answer.status()).as(answer.toString()).isNotEqualTo(500);
        }
        assertThat(answers).hasSizeGreaterThan(130);
    }

    @Test
    void headersAreNotSplit() throws IOException {
        for (String path : List.of(
                "/p/c/x%0d%0aSet-Cookie:%20evil=1",
                "/login?error=%0d%0aEvil:%201",
                "/sign-in/%0d%0aEvil:%201",
                "/settings%0d%0aEvil:%201",
                "/settings?q=%0d%0aEvil:%201")) {
            Answer answer = attacker.get(path, "X-Request-Id: abcdefgh\u000b\u0001evil");
            assertThat(answer.all("Evil")).as(path).isEmpty();
            assertThat(answer.all("Set-Cookie")).as(path).noneMatch(cookie -> cookie.startsWith("evil"));
            assertThat(answer.header("X-Request-Id")).as(path).doesNotContain("evil");
        }
    }

    @Test
    void programsTakeNothingThatIsNotMeant() throws IOException {
        String key = keys(acme);
        String json = "Content-Type: application/json";
        String good = "{\"externalId\":\"a1\",\"email\":\"a1@person.example\"}";
        assertThat(program(key, "POST", "/api/v1/customers", good, json).status())
                .isIn(200, 201);
        for (String body : List.of(
                "{\"externalId\":\"a2\",\"email\":\"a2@person.example\",\"tenant_id\":1}",
                "{\"externalId\":\"a2\",\"email\":\"a2@person.example\",\"tenantId\":1}",
                "{\"externalId\":\"a2\",\"email\":\"a2@person.example\",\"id\":1}",
                "{\"externalId\":\"a2\",\"email\":\"a2@person.example\",\"createdAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"externalId\":\"a2\",\"externalId\":\"a3\",\"email\":\"a2@person.example\"}",
                "{\"externalId\":NaN,\"email\":\"a2@person.example\"}",
                "{\"externalId\":\"a2\",\"email\":\"a2@person.example\",\"attributes\":" + "{\"a\":".repeat(2000) + "1"
                        + "}".repeat(2000) + "}",
                "{\"externalId\":\"" + "a".repeat(300_000) + "\",\"email\":\"a2@person.example\"}",
                "{\"externalId\":" + "9".repeat(5000) + "}",
                good + good,
                "[" + good + "]",
                "{\"@class\":\"java.lang.Runtime\"}",
                "null",
                "\"text\"",
                "{\"externalId\":\"a2\",\"email\":\"a2@person.example\\r\\nBcc: x@evil.example\"}")) {
            Answer answer = program(key, "POST", "/api/v1/customers", body, json);
            String said = body.substring(0, Math.min(80, body.length())) + " -> " + answer;
            assertThat(answer.status()).as(said).isIn(400, 413, 422);
            assertThat(answer.header("Content-Type")).as(said).startsWith("application/problem+json");
            assertThat(INSIDE.matcher(answer.text()).find()).as(said).isFalse();
        }
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/x-java-serialized-object",
                "text/html")) {
            assertThat(program(key, "POST", "/api/v1/customers", good, "Content-Type: " + type)
                            .status())
                    .as(type)
                    .isIn(404, 415);
        }
        for (String header :
                List.of("X-HTTP-Method-Override: DELETE", "X-Method-Override: DELETE", "X-HTTP-Method: DELETE")) {
            assertThat(program(key, "POST", "/api/v1/customers", "{}", json, header)
                            .status())
                    .as(header)
                    .isIn(400, 422);
        }
        for (String method : List.of("TRACE", "PUT", "DELETE", "FOO")) {
            assertThat(program(key, method, "/api/v1/customers", "").status())
                    .as(method)
                    .isIn(404, 405, 400, 501);
        }
        assertThat(program(key, "GET", "/api/v1/customers", "", "Origin: https://evil.example")
                        .all("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    /** One token, many hands: one of them sets the password. */
    @Test
    void aLinkForANewPasswordWorksOnceHoweverManyTryAtOnce() throws Exception {
        String csrf = attacker.get("/sign-in/forgot").csrf().orElseThrow();
        attacker.post("/sign-in/forgot", "email=" + Wire.encoded(mia) + "&_csrf=" + Wire.encoded(csrf));
        String path = "/sign-in/new-password/" + mailedLink(mia).group(2);
        List<Callable<Integer>> hands = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Wire hand = attacker.stranger();
            String token = hand.get(path).csrf().orElseThrow();
            String form = "password=" + Wire.encoded("another calm phrase " + i) + "&_csrf=" + Wire.encoded(token);
            hands.add(() -> hand.post(path, form).status());
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(hands.size())) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : pool.invokeAll(hands)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnlyOnce(303);
            assertThat(statuses).filteredOn(status -> status != 303).containsOnly(410);
        }
    }

    @Test
    void whatIsTooLargeIsNotReadToItsEnd() throws IOException {
        for (String path :
                List.of("/login", "/p/u/x", "/sign-in/forgot", "/?v-r=uidl", "/VAADIN/dynamic/resource/0/x/y")) {
            Answer announced =
                    attacker.raw("POST " + path + " HTTP/1.1\r\nHost: console.example\r\nConnection: close\r\n"
                            + "Content-Type: text/plain\r\nContent-Length: 3000000000\r\n\r\n--x\r\n");
            assertThat(announced.status()).as(path).isEqualTo(413);
            assertThat(announced.body()).as(path).contains("too large");
        }
        String chunk = "1000\r\n" + "a".repeat(0x1000) + "\r\n";
        Answer unannounced = attacker.raw("POST /p/u/x HTTP/1.1\r\nHost: console.example\r\nConnection: close\r\n"
                + "Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk);
        assertThat(unannounced.status()).isEqualTo(415);
        String key = keys(acme);
        assertThat(program(key, "POST", "/api/v1/customers", "a".repeat(1_200_000), "Content-Type: application/json")
                        .status())
                .isEqualTo(413);
        assertThat(attacker.get("/login", "X-Long: " + "a".repeat(40_000)).status())
                .isEqualTo(400);
    }

    private String keys(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> keys.make("Till", Set.copyOf(ApiScopes.ALL), null))
                .text()
                .reveal();
    }

    private Answer program(String key, String method, String path, String body, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: Bearer " + key);
        return attacker.stranger().send(method, path, body, all.toArray(String[]::new));
    }

    private static Matcher mailedLink(String email) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !TestMail.receivedBy(email).isEmpty());
        ScriptedSmtp.Received mail = TestMail.receivedBy(email).getFirst();
        Matcher link = LINK.matcher(mail.content().replace("=\r\n", ""));
        assertThat(link.find()).as(mail.content()).isTrue();
        return link;
    }
}
