package io.perennial.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.AddressChanges;
import io.perennial.accounts.Foundings;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.signin.PasswordResets;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a session is carried by, and where mailed links lead, whatever the request says of where it came to. */
@RunningConsole
class CookiesAndLinksIT {

    private static final String PASSWORD = "three calm words";
    private static final String SESSION = "__Host-perennial";
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+");

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Invitations invitations;

    @Autowired
    AddressChanges addresses;

    @Autowired
    Foundings foundings;

    @Autowired
    PasswordResets resets;

    @Autowired
    TestTenants tenants;

    @LocalServerPort
    int port;

    private TenantId acme;
    private String mia;

    @BeforeEach
    void miaWhoOwnsAcme() {
        acme = tenants.fresh("Acme");
        mia = freshAddress();
        accounts.addMember(acme, accounts.ensureAccount(new EmailAddress(mia), "Mia", PASSWORD), Role.OWNER);
    }

    /** On the way in and out, by https and by a proxy that does not say that it was https. */
    @Test
    void everyCookieIsForThisSiteByHttpsAndOutOfTheReachOfScripts() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String last : List.of("https", "http")) {
            Wire browser = new Wire(port);
            String hop = "X-Forwarded-Proto: " + last;
            List<Answer> answers = new ArrayList<>();
            answers.add(browser.get("/login", hop));
            String token = answers.getFirst().csrf().orElseThrow();
            answers.add(browser.post(
                    "/login",
                    "username=" + Wire.encoded(mia) + "&password=" + Wire.encoded(PASSWORD) + "&_csrf="
                            + Wire.encoded(token),
                    hop));
            answers.add(browser.get("/", hop));
            answers.add(browser.get("/?v-r=init&location=settings&query=", hop));
            answers.add(browser.get("/sign-in/forgot", hop));
            answers.add(browser.get("/sign-up", hop));
            for (Answer answer : answers) {
                for (String cookie : answer.all("Set-Cookie")) {
                    assertThat(cookie)
                            .as("by %s", last)
                            .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
                            .doesNotContain("Domain=");
                    names.add(cookie.substring(0, cookie.indexOf('=')));
                }
            }
        }
        assertThat(names).contains(SESSION, "perennial-device").hasSizeLessThan(4);
    }

    /**
     * A page's push, signs of life and pictures may come here after its browser was given another session, by signing in or by
     * going to another business: a session of nobody, given with their answers, would take the place of that one.
     */
    @Test
    void whatAnOpenPageAsksBesideGivesNoSession() throws IOException {
        String over = "0123456789ABCDEF0123456789ABCDEF";
        String handshake =
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        Map<String, List<String>> beside = new LinkedHashMap<>();
        beside.put("/?v-r=uidl&v-uiId=0", List.of("POST", "{\"csrfToken\":\"x\",\"rpc\":[],\"syncId\":1}"));
        beside.put("/?v-r=heartbeat&v-uiId=0", List.of("POST", ""));
        beside.put("/VAADIN/push?v-r=push&v-uiId=0&v-pushId=x", List.of("GET", ""));
        beside.put("/VAADIN/push?v-r=push&v-uiId=0&v-pushId=y", List.of("GET", "", handshake));
        beside.put("/VAADIN/dynamic/resource/0/x/logo.png", List.of("GET", ""));
        beside.put("/VAADIN/build/no-such.js", List.of("GET", ""));
        for (Map.Entry<String, List<String>> each : beside.entrySet()) {
            Wire browser = new Wire(port);
            browser.plant(SESSION, over);
            List<String> what = each.getValue();
            Answer answer = browser.send(
                    what.getFirst(),
                    each.getKey(),
                    what.get(1),
                    what.subList(2, what.size()).toArray(String[]::new));
            assertThat(answer.status()).as(each.getKey()).isPositive();
            assertThat(answer.all("Set-Cookie")).as(each.getKey()).isEmpty();
        }
        // Nor does it take from the person who comes back why they have to sign in again.
        Wire browser = new Wire(port);
        browser.plant(SESSION, over);
        assertThat(browser.get("/customers").header("Location")).isEqualTo("/login?ended");
    }

    @Test
    void noAddressAndNoPageCarriesTheSession() throws IOException {
        Wire browser = new Wire(port);
        Answer in = browser.signIn(mia, PASSWORD);
        String session = browser.cookie(SESSION).orElseThrow();
        for (Answer answer : List.of(
                in,
                browser.get("/"),
                browser.get("/?v-r=init&location=&query="),
                browser.get("/?v-r=init&location=settings/people&query="),
                browser.get("/sign-in/forgot"),
                browser.get("/settings;jsessionid=" + session + "x"))) {
            assertThat(answer.header("Location") + answer.body())
                    .doesNotContain(session)
                    .doesNotContainIgnoringCase(";jsessionid=");
        }
    }

    @Test
    void whatIsOfPeopleIsKeptByNoCache() throws IOException {
        Wire browser = new Wire(port);
        browser.signIn(mia, PASSWORD);
        for (String path : List.of(
                "/",
                "/customers",
                "/account",
                "/settings/people",
                "/settings/audit",
                "/?v-r=init&location=settings/people&query=",
                "/VAADIN/dynamic/resource/0/00000000-0000-0000-0000-000000000000/customers.csv",
                "/sign-in/forgot",
                "/invitation/" + "0".repeat(54),
                "/sign-in/new-password/" + "a".repeat(43))) {
            assertThat(browser.get(path).header("Cache-Control")).as(path).contains("no-store");
        }
    }

    /** Asked for by a request that names another host in every way there is. */
    @Test
    void mailedLinksNameThePublicAddressWhicheverServiceWritesThem() {
        EmailAddress eve = new EmailAddress(freshAddress());
        EmailAddress founder = new EmailAddress(freshAddress());
        EmailAddress fresh = new EmailAddress(freshAddress());
        StaffPrincipal me = accounts.loadUserByUsername(mia);
        Map<String, Runnable> mails = new LinkedHashMap<>();
        mails.put(
                eve.value(),
                () -> TestTenants.asOwner(acme, () -> invitations.invite(eve, StaffRole.of(Role.MARKETER))));
        mails.put(founder.value(), () -> foundings.ask(founder, List.of(Locale.ENGLISH)));
        mails.put(
                fresh.value(),
                () -> TestTenants.as(me, () -> {
                    addresses.ask(fresh);
                    return true;
                }));
        mails.put(mia, () -> resets.request(new EmailAddress(mia)));
        mails.forEach((who, asked) -> {
            poisoned(asked);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !TestMail.receivedBy(who).isEmpty());
            for (ScriptedSmtp.Received mail : TestMail.receivedBy(who)) {
                String content = mail.content().replace("=\r\n", "").replace("=3D", "=");
                Matcher link = LINK.matcher(content);
                assertThat(link.find()).as(content).isTrue();
                do {
                    assertThat(link.group()).startsWith("https://console.example/");
                } while (link.find());
                assertThat(content).doesNotContainIgnoringCase("evil");
            }
        });
    }

    private static void poisoned(Runnable deed) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setServerName("evil.example");
        request.setScheme("http");
        request.setServerPort(81);
        request.setContextPath("/evil");
        for (String header : List.of("Host", "X-Forwarded-Host", "X-Forwarded-Server", "X-Original-Host", "Origin")) {
            request.addHeader(header, "evil.example");
        }
        request.addHeader("X-Forwarded-Prefix", "/evil");
        request.addHeader("Forwarded", "host=evil.example;proto=http");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        try {
            deed.run();
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    private static String freshAddress() {
        return "person" + TimeOrderedIds.next() + "@test.example";
    }
}
