package io.perennial.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.SessionInitEvent;
import com.vaadin.flow.server.SessionInitListener;
import com.vaadin.flow.server.StreamRegistration;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.api.ApiKeys;
import io.perennial.api.ApiScopes;
import io.perennial.attack.Wire.Answer;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.CapturedLog;
import io.perennial.support.Figures;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What those who run a console have to rely on, over real HTTP: whatever goes wrong is told by an id that is in the log
 * with business and request, and nothing else of it reaches anybody; and the figures that dashboard and alerts ask for are
 * there.
 *
 * @see <a href="../../../../../docs/decisions/1005-what-operators-rely-on.md">1005-what-operators-rely-on.md</a>
 */
@RunningConsole
@Import(OperatedConsoleIT.Sessions.class)
@TenantSql("Takes a table away, so that the database refuses for real.")
class OperatedConsoleIT {

    private static final String PASSWORD = "three calm words";

    /** What no answer to anybody may say. */
    private static final Pattern INSIDE = Pattern.compile(
            "io\\.perennial|org\\.(springframework|apache|hibernate)|com\\.(vaadin\\.flow\\.server|mysql)|tools\\.jackson|"
                    + "java\\.(lang|sql)|Exception\\b|\\tat |\\\\tat |SELECT |doesn't exist|segment_away|Tomcat|Servlet");

    /** Of Vaadin's sessions, for resources that a page would offer. */
    @org.springframework.boot.test.context.TestComponent
    static class Sessions {

        final AtomicReference<VaadinSession> last = new AtomicReference<>();

        @Bean
        com.vaadin.flow.server.VaadinServiceInitListener sessionsAreSeen() {
            return service -> service.getSource().addSessionInitListener((SessionInitListener) this::began);
        }

        private void began(SessionInitEvent event) {
            last.set(event.getSession());
        }
    }

    @Autowired
    StaffAccounts accounts;

    @Autowired
    ApiKeys keys;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Sessions sessions;

    @LocalServerPort
    int port;

    private Wire browser;
    private TenantId acme;

    @BeforeEach
    void anOwnerSignsIn() throws IOException {
        acme = tenants.fresh("Acme");
        String email = "operated" + TimeOrderedIds.next() + "@test.example";
        accounts.addMember(acme, accounts.ensureAccount(new EmailAddress(email), "Mia", PASSWORD), Role.OWNER);
        browser = new Wire(port);
        assertThat(browser.signIn(email, PASSWORD).header("Location")).isEqualTo("/");
    }

    @Test
    void aPageThatFailsWhileItOpensSaysAnId() throws Exception {
        String security = opened();
        try (CapturedLog log = new CapturedLog()) {
            Answer answer = without(
                    "segment",
                    () -> browser.send(
                            "POST",
                            "/?v-r=uidl&v-uiId=0",
                            "{\"csrfToken\":\"" + security
                                    + "\",\"syncId\":0,\"clientId\":0,\"rpc\":[{\"type\":\"event\","
                                    + "\"node\":1,\"event\":\"ui-navigate\",\"data\":{\"route\":\"segments\",\"query\":\"\","
                                    + "\"appShellTitle\":\"\",\"historyState\":null,\"trigger\":\"\"}}]}",
                            "Content-Type: application/json"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertToldAndLogged(answer, log);
        }
    }

    @Test
    void aProgramIsToldAProblemWithAnId() throws Exception {
        String key = TestTenants.asOwner(
                acme,
                () -> keys.make("Till", Set.copyOf(ApiScopes.ALL), null).text().reveal());
        try (CapturedLog log = new CapturedLog()) {
            Answer answer = without(
                    "segment", () -> browser.stranger().get("/api/v1/segments", "Authorization: Bearer " + key));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(500);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            JsonNode problem = JsonMapper.shared().readTree(chunked(answer));
            assertThat(problem.path("status").asInt()).isEqualTo(500);
            assertThat(problem.path("type").asString()).isEqualTo("urn:perennial:problem:internal");
            assertThat(answer.body()).contains("\"errorId\":\"" + assertToldAndLogged(answer, log) + '"');
        }
    }

    /** Nobody is signed in there, so the line names the request alone. */
    @Test
    void aFormBehindWhichSomethingBreaksIsAnsweredByAPageWithAnId() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            Answer answer =
                    without("password_reset", () -> browser.stranger().get("/sign-in/new-password/" + "A".repeat(43)));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(500);
            assertNothingInside("a form", answer);
            assertLogged(idIn(answer, log), answer, log);
        }
    }

    @Test
    void aDownloadThatBreaksIsAnsweredByAnId() throws Exception {
        opened();
        VaadinSession session = sessions.last.get();
        AtomicReference<StreamRegistration> file = new AtomicReference<>();
        UI ui = uiOf(session);
        ui.accessSynchronously(() -> file.set(session.getResourceRegistry()
                .registerResource(
                        (DownloadHandler) download -> jdbc.queryForList("SELECT secret FROM segment_away"),
                        ui.getElement())));
        try (CapturedLog log = new CapturedLog()) {
            Answer answer = browser.get("/" + file.get().getResourceUri());
            assertThat(answer.status()).as(answer.toString()).isEqualTo(500);
            assertToldAndLogged(answer, log);
            assertThat(log.ours().stream().filter(each -> each.startsWith("Unexpected error")))
                    .as("told by Vaadin and by the container, logged once")
                    .hasSize(1);
        }
    }

    @Test
    void whatTheContainerRefusesSaysNothingOfTheInside() throws IOException {
        Map<String, Integer> raw = new LinkedHashMap<>();
        raw.put("GET /%zz HTTP/1.1\r\nHost: a.example\r\n\r\n", 400);
        raw.put("GET /segments?q=%ff%fe HTTP/1.1\r\nHost: a.example\r\n\r\n", 0);
        raw.put("GET /login?%zz=1 HTTP/1.1\r\nHost: a.example\r\n\r\n", 400);
        raw.put("GET /p/u/x?= HTTP/1.1\r\nHost: a.example\r\n\r\n", 0);
        raw.put("GET /?" + "a=1&".repeat(600) + " HTTP/1.1\r\nHost: a.example\r\n\r\n", 0);
        raw.put("GET /{} HTTP/1.1\r\nHost: a.example\r\n\r\n", 400);
        raw.put("GET /..;/%2e%2e/ HTTP/1.1\r\nHost: a.example\r\n\r\n", 400);
        raw.put("nonsense\r\n\r\n", 400);
        raw.put("GET / HTTP/9.9\r\nHost: a.example\r\n\r\n", 505);
        raw.put("GET / HTTP/1.1\r\n\r\n", 400);
        raw.put("GET / HTTP/1.1\r\nHost: a.example\r\nContent-Length: minus\r\n\r\n", 400);
        raw.put("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: weird\r\n\r\n", 501);
        raw.put("GET / HTTP/1.1\r\nHost: a.example\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n", 400);
        raw.put("TRACE / HTTP/1.1\r\nHost: a.example\r\n\r\n", 0);
        raw.put(
                "POST /login HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 900000000\r\n\r\n",
                413);
        for (var each : raw.entrySet()) {
            String line = each.getKey().lines().findFirst().orElseThrow();
            Answer answer = browser.raw(each.getKey());
            if (each.getValue() != 0) {
                assertThat(answer.status()).as("%s%n%s", line, answer).isEqualTo(each.getValue());
            }
            assertThat(answer.status())
                    .as("%s%n%s", line, answer)
                    .isBetween(200, 505)
                    .isNotEqualTo(500);
            assertNothingInside(line, answer);
        }
        List<Answer> answers = new ArrayList<>();
        answers.add(browser.get("/p/nothing/here"));
        answers.add(browser.get("/api/v1/nothing"));
        answers.add(browser.get("/VAADIN/build/nothing.js"));
        answers.add(browser.send("PUT", "/p/nothing", "x"));
        answers.add(browser.send("DELETE", "/api/v1/openapi.json", ""));
        answers.add(browser.send("PATCH", "/login", "x", "Content-Type: application/json"));
        answers.add(browser.send("BREW", "/", ""));
        for (Answer answer : answers) {
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
            assertNothingInside("refused", answer);
        }
    }

    @Test
    void dashboardAndAlertsAskForFiguresThatThereAre() throws IOException {
        browser.get("/");
        String text = browser.get("/actuator/prometheus", "Authorization: Bearer " + Figures.TOKEN)
                .body();
        Set<String> missing = new TreeSet<>();
        int asked = 0;
        for (String expression : expressions()) {
            for (String name : figuresOf(expression)) {
                asked++;
                // Those of a copy for analysis are there with one only.
                if (!name.equals("up")
                        && !name.startsWith("perennial_analysis_")
                        && !text.contains("\n" + name + "{")
                        && !text.contains("\n" + name + " ")) {
                    missing.add(name + " of " + expression);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(asked).isGreaterThan(40);
    }

    private static List<String> expressions() throws IOException {
        List<String> all = new ArrayList<>();
        Matcher rules = Pattern.compile("(?m)^ +expr: (.+)$").matcher(Files.readString(Path.of("docker/alerts.yaml")));
        while (rules.find()) {
            all.add(rules.group(1));
        }
        JsonNode dashboard = JsonMapper.shared()
                .readTree(Path.of("docker/grafana-dashboard.json").toFile());
        assertThat(dashboard.path("panels")).hasSizeGreaterThan(15);
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("targets")).as(panel.toString()).isNotEmpty();
            panel.path("targets").forEach(target -> all.add(target.path("expr").asString()));
        }
        return all;
    }

    /** Names in PromQL that are figures: not functions, words of the language, labels or units. */
    private static Set<String> figuresOf(String expression) {
        String bare = expression
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\\[[^]]*]", "")
                .replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", "");
        Set<String> names = new TreeSet<>();
        Matcher word = Pattern.compile("[a-z_:][a-z0-9_:]*(?!\\s*\\()\\b").matcher(bare);
        while (word.find()) {
            if (!bare.substring(word.end()).stripLeading().startsWith("(")
                    && !Set.of("and", "or", "unless").contains(word.group())) {
                names.add(word.group());
            }
        }
        return names;
    }

    /** Opens the console as a browser does; gives what its messages must bear. */
    private String opened() throws IOException {
        Answer begun = browser.get("/?v-r=init&location=&query=");
        Matcher key =
                Pattern.compile("\"Vaadin-Security-Key\"\\s*:\\s*\"([^\"]+)\"").matcher(begun.text());
        assertThat(key.find()).as(begun.toString()).isTrue();
        return key.group(1);
    }

    private static UI uiOf(VaadinSession session) {
        session.lock();
        try {
            return session.getUIs().iterator().next();
        } finally {
            session.unlock();
        }
    }

    /** The database refuses what needs this table, as after a bad restore. */
    private <T> T without(String table, Callable<T> work) throws Exception {
        jdbc.execute("RENAME TABLE " + table + " TO segment_away");
        try {
            return work.call();
        } finally {
            jdbc.execute("RENAME TABLE segment_away TO " + table);
        }
    }

    private String assertToldAndLogged(Answer answer, CapturedLog log) {
        assertNothingInside("answer", answer);
        String id = idIn(answer, log);
        assertLogged(id, answer, log);
        assertThat(line(id, log)).contains("\"tenant_id\":\"" + acme.value() + '"');
        return id;
    }

    private static void assertLogged(String id, Answer answer, CapturedLog log) {
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(line(id, log))
                .contains("\"request_id\":\"" + answer.header("X-Request-Id") + '"')
                .contains("Exception");
    }

    private static String line(String id, CapturedLog log) {
        return log.structured()
                .lines()
                .filter(each -> each.contains("Unexpected error " + id))
                .findFirst()
                .orElseThrow();
    }

    /** The id that the log has and the answer tells. */
    private static String idIn(Answer answer, CapturedLog log) {
        Matcher logged = Pattern.compile("Unexpected error ([A-Z0-9]{6})\\b").matcher(log.structured());
        Set<String> ids = new TreeSet<>();
        while (logged.find()) {
            ids.add(logged.group(1));
        }
        List<String> told = ids.stream().filter(answer.text()::contains).toList();
        assertThat(told).as("ids of the log %s in %s", ids, answer.text()).hasSize(1);
        return told.getFirst();
    }

    private static void assertNothingInside(String what, Answer answer) {
        // In development Vaadin names the class of each component to its own tools.
        Matcher found = INSIDE.matcher(answer.text().replaceAll("\"key\":\"jc\",\"feat\":0,\"value\":\"[^\"]*\"", ""));
        assertThat(found.find() ? found.group() + " in " + answer.text() : "")
                .as(what)
                .isEmpty();
    }

    /** The JSON of an answer, whether it came in pieces or not. */
    private static String chunked(Answer answer) {
        return answer.body().substring(answer.body().indexOf('{'), answer.body().lastIndexOf('}') + 1);
    }
}
