package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.Role;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ui.DefaultLoginPageGeneratingFilter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/** The doors, tried over HTTP: the security chain is the real one, the pages behind it are not rendered. */
@IntegrationTest
class SignInTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    WebApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Staff staff;

    @Autowired
    TestTenants tenants;

    MockMvcTester browser;
    TenantId acme;
    EmailAddress email;
    String address;

    @BeforeEach
    void somebodyOfAcme() {
        browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        acme = tenants.fresh("Acme");
        long n = TimeOrderedIds.next();
        email = new EmailAddress("person" + n + "@test.example");
        address = "10." + (n >> 4) % 256 + '.' + (n >> 12) % 256 + '.' + (n >> 20) % 256;
        accounts.addMember(acme, accounts.ensureAccount(email, "Mia", PASSWORD), Role.MARKETER);
    }

    @Test
    void theRightPasswordOpensANewSession() {
        MockHttpSession before = new MockHttpSession();
        String planted = before.getId();
        MvcTestResult answer = signIn(email.value(), PASSWORD, before);
        assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo("/");
        MockHttpSession after = (MockHttpSession) answer.getRequest().getSession(false);
        assertThat(after.getId()).isNotEqualTo(planted);
        assertThat(personIn(after).tenant()).isEqualTo(acme);
        assertThat(personIn(after).getPassword()).isNull();
    }

    @Test
    void unknownPeopleAndWrongPasswordsAreAnsweredAlike() {
        HttpServletResponse wrong =
                signIn(email.value(), "not this one", new MockHttpSession()).getResponse();
        HttpServletResponse unknown = signIn("nobody" + email.value(), PASSWORD, new MockHttpSession())
                .getResponse();
        HttpServletResponse odd =
                signIn("\u0000' OR 1=1 --", PASSWORD, new MockHttpSession()).getResponse();
        assertThat(wrong.getStatus()).isEqualTo(unknown.getStatus()).isEqualTo(odd.getStatus());
        assertThat(wrong.getHeader("Location"))
                .isEqualTo("/login?error")
                .isEqualTo(unknown.getHeader("Location"))
                .isEqualTo(odd.getHeader("Location"));
    }

    @Test
    void unknownPeopleTakeAboutAsLongAsWrongPasswords() {
        long[] wrong = new long[3];
        long[] unknown = new long[3];
        signIn("warm" + email.value(), PASSWORD, new MockHttpSession());
        for (int i = 0; i < 3; i++) {
            wrong[i] = millis(email.value());
            unknown[i] = millis("nobody" + i + email.value());
        }
        Arrays.sort(wrong);
        Arrays.sort(unknown);
        // Argon2 takes tens of milliseconds; an answer without it would take one or two.
        assertThat(unknown[0]).isGreaterThan(wrong[0] / 3);
    }

    @Test
    void afterFiveAttemptsOneWaitsAndThePasswordIsNotLookedAt() {
        for (int i = 0; i < 5; i++) {
            signIn(email.value(), "not this one", new MockHttpSession());
        }
        MvcTestResult sixth = signIn(email.value(), PASSWORD, new MockHttpSession());
        assertThat(sixth.getResponse().getRedirectedUrl()).matches("/login\\?wait=\\d+");
    }

    @Test
    void anOlderHashIsRenewedAtTheNextSignIn() {
        StaffPrincipal mia = accounts.loadUserByUsername(email.value());
        accounts.updatePassword(mia, "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD));
        assertThat(signIn(email.value(), PASSWORD, new MockHttpSession())
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
        assertThat(accounts.loadUserByUsername(email.value()).getPassword()).startsWith("{argon2}");
        assertThat(signIn(email.value(), PASSWORD, new MockHttpSession())
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
    }

    /** Spring Security makes one up wherever it believes that there is none; it would stand before ours. */
    @Test
    void theSignInPageIsOurOwn() {
        assertThat(application.getBeansOfType(SecurityFilterChain.class).values())
                .flatExtracting(SecurityFilterChain::getFilters)
                .isNotEmpty()
                .noneMatch(filter -> filter instanceof DefaultLoginPageGeneratingFilter);
    }

    @Test
    void withoutSignInThereIsOnlyTheSignInPage() {
        for (String path : new String[] {"/", "/customers", "/settings", "/anything/else", "/actuator/env"}) {
            assertThat(browser.perform(get(path)).getResponse().getRedirectedUrl())
                    .as(path)
                    .endsWith("/login");
        }
    }

    @Test
    void aChangedRoleHoldsFromTheNextRequestOn() {
        MockHttpSession session = session();
        TestTenants.asOwner(acme, () -> staff.changeRole(personIn(session).accountId(), Role.SUPPORT));
        browser.perform(get("/").session(session));
        assertThat(personIn(session).current().role()).isEqualTo(Role.SUPPORT);
    }

    @Test
    void aRemovedPersonIsOutAtTheNextRequest() {
        MockHttpSession session = session();
        accounts.addMember(acme, accounts.ensureAccount(new EmailAddress("o" + email), "Ada", PASSWORD), Role.OWNER);
        TestTenants.asOwner(acme, () -> staff.remove(personIn(session).accountId()));
        assertThat(browser.perform(get("/").session(session)).getResponse().getRedirectedUrl())
                .isEqualTo("/login?ended");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void aNewPasswordEndsOtherSessions() {
        MockHttpSession phone = session();
        MockHttpSession laptop = session();
        TestTenants.as(personIn(laptop), () -> {
            accounts.changePassword(PASSWORD, "another calm phrase");
            return true;
        });
        assertThat(browser.perform(get("/").session(phone)).getResponse().getRedirectedUrl())
                .isEqualTo("/login?ended");
        assertThat(signIn(email.value(), "another calm phrase", new MockHttpSession())
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
    }

    /** What every answer says to browsers, WebDoorsIT asks of all addresses. */
    @Test
    void aSignInWithoutTheTokenOfItsPageIsRefused() {
        var forged =
                browser.perform(post("/login").param("username", email.value()).param("password", PASSWORD));
        assertThat(forged.getResponse().getRedirectedUrl()).isEqualTo("/login?stale");
        var disguised = browser.perform(post("/login")
                .queryParam("v-r", "uidl")
                .param("username", email.value())
                .param("password", PASSWORD));
        assertThat(disguised.getResponse().getRedirectedUrl()).isEqualTo("/login?stale");
        for (MvcTestResult each : List.of(forged, disguised)) {
            assertThat(each.getRequest().getSession().getAttribute(SPRING_SECURITY_CONTEXT_KEY))
                    .isNull();
        }
    }

    private MockHttpSession session() {
        return (MockHttpSession) signIn(email.value(), PASSWORD, new MockHttpSession())
                .getRequest()
                .getSession(false);
    }

    private long millis(String username) {
        long from = System.nanoTime();
        signIn(username, "not this one", new MockHttpSession());
        return (System.nanoTime() - from) / 1_000_000;
    }

    private MvcTestResult signIn(String username, String password, MockHttpSession session) {
        return browser.perform(post("/login")
                .param("username", username)
                .param("password", password)
                .session(session)
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                }));
    }

    private static StaffPrincipal personIn(MockHttpSession session) {
        SecurityContext context = (SecurityContext) session.getAttribute(SPRING_SECURITY_CONTEXT_KEY);
        return (StaffPrincipal) context.getAuthentication().getPrincipal();
    }

    @Test
    void whoeverCannotEvenBeLookedUpIsNotToldThatThePasswordWasWrong() throws Exception {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        SecurityConfiguration.signInFailed()
                .onAuthenticationFailure(
                        new MockHttpServletRequest("POST", "/login"),
                        answer,
                        new InternalAuthenticationServiceException("The database is away"));
        assertThat(answer.getRedirectedUrl()).isEqualTo("/login?unavailable");
    }
}
