package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

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
import io.perennial.shell.Door.Visit;
import io.perennial.support.IntegrationTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The second step of a sign-in, over HTTP. */
@IntegrationTest
class SecondStepTest {

    private static final Pattern SECRET = Pattern.compile("<code>([A-Z2-7 ]{39})</code>");
    private static final Pattern RECOVERY = Pattern.compile("<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>");

    @Autowired
    StaffAccounts accounts;

    @Autowired
    SecondFactors factors;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    Visit visit;
    TenantId acme;
    TenantId globex;
    EmailAddress mia;
    EmailAddress grace;

    @BeforeEach
    void miaOfAcmeAndGraceOfGlobex() {
        visit = door.fresh(Role.OWNER);
        acme = visit.acme;
        globex = visit.globex;
        mia = visit.mia;
        grace = visit.grace;
    }

    @Test
    void thePasswordAloneOpensNothingOnceThereIsASecondFactor() {
        AuthenticatorApp app = appOf(mia);
        MockHttpSession session = password(mia, "/sign-in/code");
        assertThat(Door.personIn(session)).isNull();
        for (String path : List.of("/", "/customers", "/account")) {
            assertThat(visit.perform(get(path).session(session)).getResponse().getRedirectedUrl())
                    .endsWith("/login");
        }
        String before = session.getId();
        MvcTestResult answer = code(session, app.code());
        assertThat(answer.getResponse().getRedirectedUrl())
                .as("the page wanted last")
                .isEqualTo("/account");
        assertThat(session.getId()).isNotEqualTo(before);
        assertThat(Door.personIn(session).tenant()).isEqualTo(acme);
        assertThat(Door.personIn(session).getPassword()).isNull();
        assertThat(door.deeds(acme)).contains("accounts.deed.signed_in");
    }

    @Test
    void aCodeGoesOnceAndAWrongOneNever() {
        AuthenticatorApp app = appOf(mia);
        String used = app.code();
        code(password(mia, "/sign-in/code"), used);
        MockHttpSession second = password(mia, "/sign-in/code");
        for (String wrong : List.of(used, "000000", "", "' OR 1=1", "x".repeat(5_000))) {
            visit.elsewhere();
            assertThat(code(second, wrong).getResponse().getStatus()).isEqualTo(422);
            assertThat(Door.personIn(second)).isNull();
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
        assertThat(Door.personIn(session)).isNull();
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
        assertThat(Door.personIn(session)).isNull();
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
        assertThat(door.deeds(acme)).contains("accounts.deed.recovery_code_used");
        assertThat(door.deeds(globex)).doesNotContain("accounts.deed.recovery_code_used");
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
        door.requireSecondFactorIn(acme);
        MockHttpSession session = password(mia, "/sign-in/set-up");
        assertThat(Door.personIn(session)).isNull();
        assertThat(visit.perform(get("/customers").session(session))
                        .getResponse()
                        .getRedirectedUrl())
                .endsWith("/login");
        Matcher secret =
                SECRET.matcher(Door.body(visit.perform(get("/sign-in/set-up").session(session))));
        assertThat(secret.find()).isTrue();
        assertThat(setUp(session, "000000").getResponse().getStatus()).isEqualTo(422);
        MvcTestResult answer = setUp(session, new AuthenticatorApp(secret.group(1)).code());
        assertThat(RECOVERY.matcher(Door.body(answer)).results().count()).isEqualTo(10);
        assertThat(Door.personIn(session).tenant()).isEqualTo(acme);
        assertThat(visit.goesOn(session)).isTrue();
        password(mia, "/sign-in/code");
        password(grace, "/");
    }

    @Test
    void requiringItEndsSessionsBegunWithoutAndNoOthers() {
        MockHttpSession before = password(mia, "/");
        MockHttpSession foreign = password(grace, "/");
        assertThat(visit.goesOn(before)).isTrue();
        door.requireSecondFactorIn(acme);
        assertThat(visit.goesOn(before)).isFalse();
        assertThat(visit.goesOn(foreign)).isTrue();
    }

    @Test
    void onlyWhoHasOneRequiresItOfOthers() {
        MockHttpSession session = password(mia, "/");
        assertThat(visit.goesOn(session)).isTrue();
        Door.in(session, () -> {
            refused(Rule.SECOND_FACTOR_FIRST, () -> factors.requireHere(true));
            StaffPrincipal me = Door.personIn(session);
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
        assertThat(visit.goesOn(session)).as("the session that set it up").isTrue();
        assertThat(door.deeds(acme))
                .contains("accounts.deed.second_factor_required", "accounts.deed.second_factor_optional");
        assertThat(door.deeds(globex)).doesNotContain("accounts.deed.second_factor_required");
        password(mia, "/");
    }

    private void refused(Rule rule, Runnable deed) {
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(deed::run)
                .returns(rule, StaffRuleException::rule);
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
            visit.perform(get("/customers").session(session));
        }
        visit.password(session, email, leadsTo);
        return session;
    }

    private MvcTestResult code(MockHttpSession session, String code) {
        return visit.submit(post("/sign-in/code").param("code", code).session(session));
    }

    private MvcTestResult setUp(MockHttpSession session, String code) {
        return visit.submit(post("/sign-in/set-up").param("code", code).session(session));
    }
}
