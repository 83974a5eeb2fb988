package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.AuthenticatorApp;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/** The second step of a sign-in, over HTTP. */
@IntegrationTest
class SecondStepTest {

    private static final String PASSWORD = "three calm words";
    private static final Pattern SECRET = Pattern.compile("<code>([A-Z2-7 ]{39})</code>");
    private static final Pattern RECOVERY = Pattern.compile("<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>");

    @Autowired
    WebApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    SecondFactors factors;

    @Autowired
    AuditTrail audit;

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
        accounts.addMember(acme, accounts.ensureAccount(mia, "Mia", PASSWORD), Role.OWNER);
        accounts.addMember(globex, accounts.ensureAccount(grace, "Grace", PASSWORD), Role.OWNER);
        address = freshAddress();
    }

    @Test
    void thePasswordAloneOpensNothingOnceThereIsASecondFactor() {
        AuthenticatorApp app = appOf(mia);
        MockHttpSession session = password(mia, "/sign-in/code");
        assertThat(personIn(session)).isNull();
        for (String path : List.of("/", "/customers", "/account")) {
            assertThat(browser.perform(get(path).session(session)).getResponse().getRedirectedUrl())
                    .endsWith("/login");
        }
        String before = session.getId();
        MvcTestResult answer = code(session, app.code());
        assertThat(answer.getResponse().getRedirectedUrl())
                .as("the page wanted last")
                .isEqualTo("/account");
        assertThat(session.getId()).isNotEqualTo(before);
        assertThat(personIn(session).tenant()).isEqualTo(acme);
        assertThat(personIn(session).getPassword()).isNull();
        assertThat(deeds(acme)).contains("accounts.deed.signed_in");
    }

    @Test
    void aCodeGoesOnceAndAWrongOneNever() {
        AuthenticatorApp app = appOf(mia);
        String used = app.code();
        code(password(mia, "/sign-in/code"), used);
        MockHttpSession second = password(mia, "/sign-in/code");
        for (String wrong : List.of(used, "000000", "", "' OR 1=1", "x".repeat(5_000))) {
            address = freshAddress();
            assertThat(code(second, wrong).getResponse().getStatus()).isEqualTo(422);
            assertThat(personIn(second)).isNull();
        }
        assertThat(code(second, app.code()).getResponse().getStatus()).isEqualTo(302);
    }

    @Test
    void theCodeOfAnotherPersonOpensNothing() {
        appOf(mia);
        AuthenticatorApp graces = appOf(grace);
        assertThat(code(password(mia, "/sign-in/code"), graces.code())
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void guessingCodesIsSlowedDown() {
        AuthenticatorApp app = appOf(mia);
        MockHttpSession session = password(mia, "/sign-in/code");
        for (int i = 0; i < 5; i++) {
            assertThat(code(session, "00000" + i).getResponse().getStatus()).isEqualTo(422);
        }
        assertThat(code(session, app.code()).getResponse().getStatus()).isEqualTo(429);
        assertThat(personIn(session)).isNull();
    }

    @Test
    void aCodeWithoutThePasswordBeforeIsNotEvenLookedAt() {
        AuthenticatorApp app = appOf(mia);
        assertThat(code(new MockHttpSession(), app.code()).getResponse().getRedirectedUrl())
                .isEqualTo("/login");
    }

    @Test
    void aPasswordChangedBetweenTheStepsBeginsAnew() {
        AuthenticatorApp app = appOf(mia);
        MockHttpSession session = password(mia, "/sign-in/code");
        accounts.replacePassword(accounts.find(mia).orElseThrow(), "another calm phrase");
        assertThat(code(session, app.code()).getResponse().getRedirectedUrl()).isEqualTo("/login");
        assertThat(personIn(session)).isNull();
    }

    @Test
    void eachRecoveryCodeSignsInOnceAndOnlyItsOwner() {
        List<String> codes = codesOf(mia);
        List<String> graces = codesOf(grace);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        String typed = codes.getFirst().toUpperCase(java.util.Locale.ROOT).replace('-', ' ');
        assertThat(code(password(mia, "/sign-in/code"), graces.getFirst())
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(code(password(mia, "/sign-in/code"), typed).getResponse().getStatus())
                .isEqualTo(302);
        assertThat(code(password(mia, "/sign-in/code"), typed).getResponse().getStatus())
                .isEqualTo(422);
        assertThat(deeds(acme)).contains("accounts.deed.recovery_code_used");
        assertThat(deeds(globex)).doesNotContain("accounts.deed.recovery_code_used");
    }

    @Test
    void neitherSecretNorCodesStandInTheDatabase() {
        StaffPrincipal person = accounts.loadUserByUsername(mia.value());
        Enrolment enrolment = factors.begin(person);
        List<String> codes = factors.confirm(person, enrolment, new AuthenticatorApp(enrolment.secret()).code());
        byte[] sealed = jdbc.sql("SELECT secret FROM staff_totp WHERE account_id = ?")
                .param(person.accountId())
                .query((rs, n) -> rs.getBytes(1))
                .single();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(enrolment.secret());
        assertThat(jdbc.sql("SELECT code_hash FROM staff_recovery_code WHERE account_id = ?")
                        .param(person.accountId())
                        .query((rs, n) -> new String(rs.getBytes(1), StandardCharsets.ISO_8859_1))
                        .list())
                .hasSize(10)
                .noneMatch(hash -> codes.contains(hash));
        // Copied to another person's row it opens nothing.
        appOf(grace);
        jdbc.sql("UPDATE staff_totp SET secret = ? WHERE account_id = ?")
                .params(sealed, accounts.find(grace).orElseThrow())
                .update();
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> factors.accept(
                        accounts.loadUserByUsername(grace.value()), new AuthenticatorApp(enrolment.secret()).code()));
    }

    @Test
    void whoHasNoneWhereTheirBusinessRequiresOneSetsItUpBeforeAnythingElse() {
        requireIn(acme);
        MockHttpSession session = password(mia, "/sign-in/set-up");
        assertThat(personIn(session)).isNull();
        assertThat(browser.perform(get("/customers").session(session))
                        .getResponse()
                        .getRedirectedUrl())
                .endsWith("/login");
        Matcher secret =
                SECRET.matcher(body(browser.perform(get("/sign-in/set-up").session(session))));
        assertThat(secret.find()).isTrue();
        assertThat(setUp(session, "000000").getResponse().getStatus()).isEqualTo(422);
        MvcTestResult answer = setUp(session, new AuthenticatorApp(secret.group(1)).code());
        assertThat(RECOVERY.matcher(body(answer)).results().count()).isEqualTo(10);
        assertThat(personIn(session).tenant()).isEqualTo(acme);
        assertThat(goesOn(session)).isTrue();
        password(mia, "/sign-in/code");
        password(grace, "/");
    }

    @Test
    void requiringItEndsSessionsBegunWithoutAndNoOthers() {
        MockHttpSession before = password(mia, "/");
        MockHttpSession foreign = password(grace, "/");
        assertThat(goesOn(before)).isTrue();
        requireIn(acme);
        assertThat(goesOn(before)).isFalse();
        assertThat(goesOn(foreign)).isTrue();
    }

    @Test
    void onlyWhoHasOneRequiresItOfOthers() {
        MockHttpSession session = password(mia, "/");
        assertThat(goesOn(session)).isTrue();
        in(session, () -> {
            refused(Rule.SECOND_FACTOR_FIRST, () -> factors.requireHere(true));
            StaffPrincipal me = personIn(session);
            Enrolment enrolment = factors.begin(me);
            factors.confirm(me, enrolment, new AuthenticatorApp(enrolment.secret()).code());
            factors.requireHere(true);
            assertThat(factors.isRequiredHere()).isTrue();
            assertThat(factors.coverage()).isEqualTo(new SecondFactors.Coverage(1, 1));
            refused(Rule.SECOND_FACTOR_REQUIRED, factors::remove);
            factors.requireHere(false);
            factors.remove();
            return true;
        });
        assertThat(goesOn(session)).as("the session that set it up").isTrue();
        assertThat(deeds(acme))
                .contains("accounts.deed.second_factor_required", "accounts.deed.second_factor_optional");
        assertThat(deeds(globex)).doesNotContain("accounts.deed.second_factor_required");
        password(mia, "/");
    }

    private void refused(Rule rule, Runnable deed) {
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(deed::run)
                .returns(rule, StaffRuleException::rule);
    }

    private void requireIn(TenantId tenant) {
        jdbc.sql("UPDATE business SET second_factor = TRUE WHERE id = ?")
                .param(tenant.value())
                .update();
    }

    private AuthenticatorApp appOf(EmailAddress email) {
        StaffPrincipal person = accounts.loadUserByUsername(email.value());
        Enrolment enrolment = factors.begin(person);
        AuthenticatorApp app = new AuthenticatorApp(enrolment.secret());
        assertThat(factors.confirm(person, enrolment, app.code())).isNotEmpty();
        return app;
    }

    private List<String> codesOf(EmailAddress email) {
        StaffPrincipal person = accounts.loadUserByUsername(email.value());
        Enrolment enrolment = factors.begin(person);
        return factors.confirm(person, enrolment, new AuthenticatorApp(enrolment.secret()).code());
    }

    /** Gives the password, having wanted the customers, and tells where it led. */
    private MockHttpSession password(EmailAddress email, String leadsTo) {
        MockHttpSession session = new MockHttpSession();
        if (leadsTo.equals("/sign-in/code")) {
            browser.perform(get("/customers").session(session));
        }
        MvcTestResult answer = browser.perform(from(post("/login")
                .param("username", email.value())
                .param("password", PASSWORD)
                .session(session)
                .with(csrf())));
        assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo(leadsTo);
        return session;
    }

    private MvcTestResult code(MockHttpSession session, String code) {
        return browser.perform(
                from(post("/sign-in/code").param("code", code).session(session).with(csrf())));
    }

    private MvcTestResult setUp(MockHttpSession session, String code) {
        return browser.perform(from(
                post("/sign-in/set-up").param("code", code).session(session).with(csrf())));
    }

    private boolean goesOn(MockHttpSession session) {
        return !"/login?ended"
                .equals(browser.perform(from(get("/sign-in/forgot").session(session)))
                        .getResponse()
                        .getRedirectedUrl());
    }

    private MockHttpServletRequestBuilder from(MockHttpServletRequestBuilder request) {
        return request.with(each -> {
            each.setRemoteAddr(address);
            return each;
        });
    }

    private List<String> deeds(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> audit.page(AuditQuery.all(), PageRequest.of(0, 50))).stream()
                .map(AuditEntry::deed)
                .toList();
    }

    private static StaffPrincipal personIn(MockHttpSession session) {
        Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return context == null
                ? null
                : (StaffPrincipal)
                        ((SecurityContext) context).getAuthentication().getPrincipal();
    }

    private static <T> T in(MockHttpSession session, Supplier<T> work) {
        Authentication person = ((SecurityContext)
                        session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY))
                .getAuthentication();
        return ActingAs.with(person, ((StaffPrincipal) person.getPrincipal()).tenant(), work);
    }

    private static String body(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static String freshAddress() {
        long n = TimeOrderedIds.next();
        return "10." + (n >> 4) % 256 + '.' + (n >> 12) % 256 + '.' + (n >> 20) % 256;
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
