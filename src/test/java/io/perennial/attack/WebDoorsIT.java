package io.perennial.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.attack.Wire.Answer;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.TestTenants;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every address the console answers, found from what is mapped: what its headers say to browsers, and whether it can be made
 * to act by a page of somebody else. An address of no listed kind fails this test until it is listed.
 */
@RunningConsole
class WebDoorsIT {

    /** How an address is answered, by how it begins; the first that fits. */
    private static final Map<String, Kind> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("/p/o/", Kind.PLAIN),
            Map.entry("/p/", Kind.PLAIN),
            Map.entry("/sign-in/", Kind.PLAIN),
            Map.entry("/sign-up", Kind.PLAIN),
            Map.entry("/error", Kind.PLAIN),
            Map.entry("/api/", Kind.DATA),
            Map.entry("/actuator", Kind.DATA)));

    /** What acts without the token of a page, and why. */
    private static final Map<String, String> WITHOUT_TOKEN = new TreeMap<>(Map.of(
            "/p/", "nothing there acts by a cookie: each link carries its own signature",
            "/api/", "acts by the key in the request, never by a cookie",
            "/actuator", "acts by the token in the request, and changes nothing"));

    private static final Pattern SHARED = Pattern.compile(
            "/(VAADIN/(build|static)|aura|fonts|icons|images)/.*|/(styles\\.css|passkeys\\.js)|/favicon\\.ico");

    private enum Kind {
        CONSOLE,
        PLAIN,
        DATA
    }

    @Autowired
    ServletWebServerApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    @LocalServerPort
    int port;

    private final Set<String> problems = new TreeSet<>();
    private Wire browser;

    @BeforeEach
    void anOwnerSignsIn() throws IOException {
        TenantId acme = tenants.fresh("Acme");
        String email = "doors" + TimeOrderedIds.next() + "@test.example";
        accounts.addMember(
                acme, accounts.ensureAccount(new EmailAddress(email), "Mia", "three calm words"), Role.OWNER);
        browser = new Wire(port);
        Answer answer = browser.signIn(email, "three calm words");
        assertThat(answer.header("Location")).isEqualTo("/");
    }

    @Test
    void everyAnswerCarriesTheHeaders() throws IOException {
        int asked = 0;
        for (String route : routes()) {
            asked += check(route, Kind.CONSOLE);
        }
        for (String path : mapped().keySet()) {
            asked += check(path, kindOf(path));
        }
        for (String path : files()) {
            asked += check(path, Kind.DATA);
        }
        for (String path : List.of("/VAADIN/build/no-such.js", "/VAADIN/dynamic/resource/0/x/y", "/p/nothing")) {
            asked += check(path, Kind.PLAIN);
            assertThat(browser.get(path).status()).as(path).isGreaterThanOrEqualTo(400);
        }
        asked += check("/no/such/page", Kind.CONSOLE);
        System.out.printf("Headers: %d addresses%n", asked);
        assertThat(problems).isEmpty();
        assertThat(asked).isGreaterThan(100);
    }

    /** Nothing else answers: a servlet that somebody adds is to be looked at first. */
    @Test
    void onlyKnownServletsAnswer() {
        Set<String> servlets = new TreeSet<>();
        application.getServletContext().getServletRegistrations().values().stream()
                .map(ServletRegistration::getName)
                .forEach(servlets::add);
        assertThat(servlets).containsExactlyInAnyOrder("dispatcherServlet", "springServlet");
    }

    @Test
    void whatTheContainerRefusesItselfCarriesTheHeadersToo() throws IOException {
        for (String line : List.of("GET /%00 HTTP/1.1", "GET /a|b HTTP/1.1", "GET /..%2f HTTP/1.1")) {
            Answer answer = browser.raw(line + "\r\nHost: console.example\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).as(line).isEqualTo(400);
            assertThat(answer.header("X-Content-Type-Options"))
                    .as("%s%n%s", line, answer)
                    .isEqualTo("nosniff");
            assertThat(answer.text()).as(line).doesNotContain("Tomcat", "Exception", "\tat ");
        }
    }

    @Test
    void nothingActsWithoutTheTokenOfAPage() throws IOException {
        int tried = 0;
        Set<String> acted = new TreeSet<>();
        Map<String, Set<RequestMethod>> changing = new TreeMap<>();
        routes().forEach(route -> changing.put(route, Set.of(RequestMethod.POST)));
        mapped().forEach(changing::put);
        changing.put("/login", Set.of(RequestMethod.POST));
        changing.put("/logout", Set.of(RequestMethod.POST));
        for (var each : changing.entrySet()) {
            String path = each.getKey();
            if (WITHOUT_TOKEN.keySet().stream().anyMatch(path::startsWith)) {
                continue;
            }
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
                for (String disguise : List.of("", "?v-r=uidl", "?v-r=push", "?_method=DELETE")) {
                    Answer answer = browser.send(
                            method,
                            path + disguise,
                            "username=a&password=b&_csrf=forged",
                            "Content-Type: application/x-www-form-urlencoded");
                    tried++;
                    // At the root, Vaadin looks at its own token; forms around signing in come again.
                    boolean refused = answer.status() == 403
                            || (answer.status() == 303
                                    && answer.header("Location").endsWith("?stale"))
                            || (path.equals("/") && disguise.startsWith("?v-r") && isVaadinsRefusal(answer));
                    if (!refused) {
                        acted.add(method + " " + path + disguise + " " + answer);
                    }
                }
            }
        }
        System.out.printf("Forged: %d requests%n", tried);
        assertThat(acted).isEmpty();
        assertThat(tried).isGreaterThan(400);
        assertThat(browser.get("/").status()).as("still signed in").isEqualTo(200);
    }

    @Test
    void aFormThatStoodOpenForTooLongIsAnsweredKindly() throws IOException {
        String form = "username=a@shop.example&email=a@shop.example&password=calm+words&_csrf=of-an-old-session";
        for (String path : List.of("/login", "/sign-in/forgot", "/sign-up")) {
            Wire stranger = browser.stranger();
            Answer answer = stranger.post(path, form);
            assertThat(answer.status()).as(path).isEqualTo(303);
            assertThat(answer.header("Location")).as(path).endsWith(path + "?stale");
            if (!path.equals("/login")) {
                assertThat(stranger.get(path + "?stale").body())
                        .as(path)
                        .contains("This page had been open for too long", "value=\"a@shop.example\"")
                        .doesNotContain("calm words");
            }
        }
        Answer code = browser.stranger().post("/sign-in/code", "code=123456&_csrf=of-an-old-session");
        assertThat(code.header("Location")).endsWith("/login?stale");
        Answer passkey = browser.stranger().post("/sign-in/passkey", "_csrf=of-an-old-session");
        assertThat(passkey.status()).isEqualTo(403);
        assertThat(passkey.body()).contains("This page was open for too long").doesNotContain("Exception");
    }

    /** A key is asked for, whoever may be signed in, but for what describes the API to anybody. */
    @Test
    void theSessionOfAPersonOpensNoDoorOfPrograms() throws IOException {
        for (String path : mapped().keySet()) {
            if (path.startsWith("/api/") && !path.endsWith("openapi.json") && !path.equals("/api/docs")) {
                // Or too many without a key came from here already: the forged requests of this class.
                assertThat(browser.get(path).status()).as(path).isIn(401, 405, 429);
            }
        }
    }

    private static boolean isVaadinsRefusal(Answer answer) {
        return answer.status() == 400
                || (answer.status() == 200 && answer.body().contains("sessionExpired"));
    }

    private int check(String path, Kind kind) throws IOException {
        Answer answer = browser.get(path);
        one(path, answer, "X-Content-Type-Options", "nosniff"::equals);
        one(path, answer, "X-Frame-Options", "DENY"::equals);
        one(path, answer, "Strict-Transport-Security", "max-age=31536000"::equals);
        one(path, answer, "Cross-Origin-Opener-Policy", "same-origin"::equals);
        one(
                path,
                answer,
                "Cross-Origin-Resource-Policy",
                (path.startsWith("/p/o/") ? "cross" : "same").concat("-origin")::equals);
        one(
                path,
                answer,
                "Permissions-Policy",
                value -> value.contains("camera=()") && value.contains("geolocation=()"));
        boolean console = kind == Kind.CONSOLE && answer.status() == 200;
        one(path, answer, "Referrer-Policy", (console ? "same-origin" : "no-referrer")::equals);
        one(path, answer, "Content-Security-Policy", policy -> isStrict(policy, console));
        one(
                path,
                answer,
                "Cache-Control",
                value -> (SHARED.matcher(path).matches() && answer.status() == 200) || value.contains("no-store"));
        answer.all("Set-Cookie").stream()
                .filter(cookie ->
                        !cookie.contains("Secure") || !cookie.contains("HttpOnly") || !cookie.contains("SameSite=Lax"))
                .forEach(cookie -> problems.add(path + " cookie " + cookie));
        if (kind == Kind.CONSOLE && answer.status() != 200) {
            problems.add(path + " is answered " + answer.status());
        }
        if (kind == null
                && answer.status() < 400
                && !answer.body().contains("<vaadin")
                && !answer.body().contains("VAADIN")) {
            problems.add(path + " is answered " + answer.status());
        }
        return 1;
    }

    private static boolean isStrict(String policy, boolean console) {
        return policy.startsWith("default-src 'none'; ")
                && policy.contains("frame-ancestors 'none'")
                && policy.contains("base-uri ")
                && policy.contains("form-action ")
                && !policy.contains("*")
                && (console
                        ? policy.matches(".*script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'unsafe-eval';.*")
                                && policy.split("unsafe-inline", -1).length == 2
                                && policy.contains("style-src 'self' 'unsafe-inline'")
                        : !policy.contains("unsafe") || policy.contains("script-src 'self' 'nonce-"));
    }

    private void one(String path, Answer answer, String header, java.util.function.Predicate<String> good) {
        List<String> values = answer.all(header);
        if (values.size() != 1 || !good.test(values.getFirst())) {
            problems.add(path + " (" + answer.status() + ") " + header + ": " + values);
        }
    }

    private static Kind kindOf(String path) {
        return KINDS.entrySet().stream()
                .filter(each -> path.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is of no kind that this test knows"));
    }

    /** Addresses of controllers, of the actuator and of the API's description, with what they take. */
    private Map<String, Set<RequestMethod>> mapped() {
        Map<String, Set<RequestMethod>> paths = new TreeMap<>();
        application
                .getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods()
                        .keySet()
                        .forEach(info -> info.getPatternValues()
                                .forEach(pattern -> paths.merge(
                                        filled(pattern),
                                        info.getMethodsCondition().getMethods(),
                                        (a, b) -> {
                                            Set<RequestMethod> both = new TreeSet<>(a);
                                            both.addAll(b);
                                            return both;
                                        }))));
        assertThat(paths).hasSizeGreaterThan(30);
        return paths;
    }

    private List<String> routes() {
        List<String> paths = new ArrayList<>();
        RouteConfiguration.forRegistry(
                        ApplicationRouteRegistry.getInstance(new VaadinServletContext(application.getServletContext())))
                .getAvailableRoutes()
                .stream()
                .map(route -> '/' + route.getTemplate())
                .map(WebDoorsIT::filled)
                .filter(path -> !path.equals("/login"))
                .forEach(paths::add);
        assertThat(paths).hasSizeGreaterThan(25);
        return paths;
    }

    private static String filled(String pattern) {
        return pattern.replaceAll(":[a-zA-Z_]+(\\([^)]*\\))?[?*]?|\\{[^}]*}", "1")
                .replaceAll("\\*+", "x");
    }

    private static List<String> files() throws IOException {
        List<String> paths = new ArrayList<>();
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:/META-INF/resources/**")) {
            String url = file.getURL().toString();
            int root = url.indexOf("/META-INF/resources/");
            if (url.startsWith("file:") && file.isReadable() && !file.getFile().isDirectory()) {
                paths.add(url.substring(root + "/META-INF/resources".length()));
            }
        }
        assertThat(paths).contains("/styles.css", "/images/mark.svg");
        return paths;
    }
}
