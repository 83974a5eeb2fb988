package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.StaffSession;
import io.perennial.accounts.signin.StaffSessions;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import jakarta.servlet.http.HttpSessionEvent;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/**
 * Sessions over HTTP. A node knows no more of a session than its own memory and the row: the sessions here share nothing
 * but the database either, as on two nodes.
 */
@IntegrationTest
class SessionsTest {

    private static final String PASSWORD = "three calm words";
    private static final String FIREFOX =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
            + "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

    @Autowired
    WebApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    StaffSessions sessions;

    @Autowired
    SessionEnds ends;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    MockMvcTester browser;
    TenantId acme;
    TenantId globex;
    EmailAddress mia;
    EmailAddress grace;
    String address;

    @BeforeEach
    void miaOfAcmeAndGraceOfGlobex() {
        browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        mia = freshEmail();
        grace = freshEmail();
        accounts.addMember(acme, accounts.ensureAccount(mia, "Mia", PASSWORD), Role.MARKETER);
        accounts.addMember(globex, accounts.ensureAccount(grace, "Grace", PASSWORD), Role.OWNER);
        long n = TimeOrderedIds.next();
        address = "10." + (n >> 4) % 256 + '.' + (n >> 12) % 256 + '.' + (n >> 20) % 256;
    }

    @Test
    void onesOwnSessionsAreListedAndNobodyElses() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        signIn(mia, PHONE);
        signIn(grace, FIREFOX);
        List<StaffSession> mine = in(laptop, sessions::mine);
        assertThat(mine).extracting(StaffSession::browser).containsExactly("Firefox · Windows", "Safari · iPhone");
        assertThat(mine).extracting(StaffSession::current).containsExactly(true, false);
        assertThat(mine).extracting(StaffSession::address).containsOnly(address);
    }

    @Test
    void aSessionEndedElsewhereIsOverAtItsNextRequest() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        MockHttpSession phone = signIn(mia, PHONE);
        in(laptop, () -> {
            sessions.end(sessions.mine().getLast().id());
            return true;
        });
        assertThat(goesOn(phone)).isFalse();
        assertThat(phone.isInvalid()).isTrue();
        assertThat(goesOn(laptop)).isTrue();
    }

    @Test
    void allOthersEndAtOnceAndThisOneGoesOn() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        MockHttpSession phone = signIn(mia, PHONE);
        MockHttpSession tablet = signIn(mia, "");
        MockHttpSession foreign = signIn(grace, FIREFOX);
        assertThat(in(laptop, sessions::endOthers)).isEqualTo(2);
        assertThat(goesOn(phone)).isFalse();
        assertThat(goesOn(tablet)).isFalse();
        assertThat(goesOn(laptop)).isTrue();
        assertThat(goesOn(foreign)).isTrue();
        assertThat(in(laptop, sessions::mine)).hasSize(1);
    }

    @Test
    void nobodyEndsTheSessionOfAnotherPerson() {
        MockHttpSession graces = signIn(grace, FIREFOX);
        long foreign = in(graces, sessions::mine).getFirst().id();
        in(signIn(mia, FIREFOX), () -> {
            sessions.end(foreign);
            sessions.endOthers();
            return true;
        });
        assertThat(goesOn(graces)).isTrue();
    }

    @Test
    void aPersonWhoIsDisabledIsOutAtTheNextRequest() {
        MockHttpSession session = signIn(mia, FIREFOX);
        jdbc.sql("UPDATE staff_account SET enabled = FALSE WHERE email = ?")
                .param(mia.value())
                .update();
        assertThat(goesOn(session)).isFalse();
    }

    @Test
    void signingOutTakesTheSessionOffTheList() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        MockHttpSession phone = signIn(mia, PHONE);
        ends.sessionDestroyed(new HttpSessionEvent(phone));
        assertThat(in(laptop, sessions::mine)).hasSize(1);
    }

    @Test
    void whenItWasLastUsedIsKnownToTheMinuteAndADeadNodesSessionsVanish() {
        MockHttpSession laptop = signIn(mia, FIREFOX);
        signIn(mia, PHONE);
        jdbc.sql("UPDATE staff_session SET seen_at = seen_at - INTERVAL 2 HOUR WHERE account_id = ? AND agent = ?")
                .params(accounts.find(mia).orElseThrow(), PHONE)
                .update();
        assertThat(in(laptop, sessions::mine)).extracting(StaffSession::browser).containsExactly("Firefox · Windows");
    }

    private MockHttpSession signIn(EmailAddress email, String agent) {
        MockHttpSession session = (MockHttpSession) browser.perform(post("/login")
                        .param("username", email.value())
                        .param("password", PASSWORD)
                        .header("User-Agent", agent)
                        .session(new MockHttpSession())
                        .with(csrf())
                        .with(request -> {
                            request.setRemoteAddr(address);
                            return request;
                        }))
                .getRequest()
                .getSession(false);
        assertThat(goesOn(session)).isTrue();
        return session;
    }

    private boolean goesOn(MockHttpSession session) {
        return !"/login?ended"
                .equals(browser.perform(get("/sign-in/forgot").session(session).with(request -> {
                            request.setRemoteAddr(address);
                            return request;
                        }))
                        .getResponse()
                        .getRedirectedUrl());
    }

    private static <T> T in(MockHttpSession session, Supplier<T> work) {
        SecurityContext context = (SecurityContext)
                session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        Authentication person = context.getAuthentication();
        return ActingAs.with(person, ((StaffPrincipal) person.getPrincipal()).tenant(), work);
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
