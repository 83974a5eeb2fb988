package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.PasswordResets;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.shell.Door.Visit;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** A lost password, over HTTP and SMTP. */
@IntegrationTest
class PasswordResetTest {

    private static final String OLD = Door.PASSWORD;
    private static final String FRESH = "another calm phrase";
    private static final Pattern LINK = Pattern.compile("sign-in/new-password/([\\w-]{43})");

    @Autowired
    StaffAccounts accounts;

    @Autowired
    PasswordEncoder encoder;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    Visit visit;
    TenantId acme;
    TenantId globex;
    EmailAddress mia;

    @BeforeEach
    void miaOfAcmeForgotHerPassword() {
        visit = door.fresh(Role.MARKETER);
        acme = visit.acme;
        globex = visit.globex;
        mia = visit.mia;
    }

    @Test
    void aMailedLinkTakesANewPasswordOnceAndEndsAllSessions() {
        StaffPrincipal before = accounts.loadUserByUsername(mia.value());
        ask(mia.value());
        String token = mailedToken(1);
        assertThat(get("new-password/" + token).getResponse().getStatus()).isEqualTo(200);
        assertThat(matches(OLD)).as("opening the link changes nothing").isTrue();
        MvcTestResult chosen = choose(token, FRESH);
        assertThat(chosen.getResponse().getRedirectedUrl()).isEqualTo("/login?changed");
        assertThat(matches(FRESH)).isTrue();
        assertThat(accounts.membershipNow(before)).as("a session from before").isEmpty();
        assertThat(choose(token, "a third calm phrase").getResponse().getStatus())
                .isEqualTo(410);
        assertThat(get("new-password/" + token).getResponse().getStatus()).isEqualTo(410);
        assertThat(matches(FRESH)).isTrue();
    }

    @Test
    void aPasswordChangedByOtherMeansEndsTheLinkToo() {
        ask(mia.value());
        String token = mailedToken(1);
        accounts.replacePassword(accounts.find(mia).orElseThrow(), "a third calm phrase");
        assertThat(choose(token, FRESH).getResponse().getStatus()).isEqualTo(410);
        assertThat(matches("a third calm phrase")).isTrue();
    }

    @Test
    void theBusinessesOfThePersonAndNoOthersSeeItInTheirLogs() {
        ask(mia.value());
        choose(mailedToken(1), FRESH);
        assertThat(door.deeds(acme)).contains("accounts.deed.password_reset");
        assertThat(door.deeds(globex)).isEmpty();
    }

    @Test
    void thePersonIsToldByMailThatTheirPasswordIsAnother() {
        ask(mia.value());
        choose(mailedToken(1), FRESH);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(TestMail.receivedBy(mia.value()))
                        .extracting(ScriptedSmtp.Received::content)
                        .anyMatch(content -> content.contains("Your password was changed")));
    }

    @Test
    void whoeverAsksIsAnsweredAlikeAndOnlyAccountsGetMail() {
        String unknown = "nobody" + mia.value();
        String known = Door.body(ask(mia.value())).replace(mia.value(), "");
        assertThat(Door.body(ask(unknown)).replace(unknown, "")).isEqualTo(known);
        mailedToken(1);
        assertThat(TestMail.receivedBy(unknown)).isEmpty();
    }

    @Test
    void aWeakPasswordIsRefusedAndTheLinkStillHolds() {
        ask(mia.value());
        String token = mailedToken(1);
        MvcTestResult refused = choose(token, "Password1234");
        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(Door.body(refused)).contains("hard to guess");
        assertThat(choose(token, FRESH).getResponse().getRedirectedUrl()).isEqualTo("/login?changed");
    }

    @Test
    void aLinkHoldsHalfAnHourAndOnlyItsHashIsKept() {
        ask(mia.value());
        String token = mailedToken(1);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM password_reset WHERE token_hash = ?")
                        .param(token.substring(0, 32).getBytes(StandardCharsets.US_ASCII))
                        .query(Integer.class)
                        .single())
                .isZero();
        jdbc.sql("UPDATE password_reset SET created_at = created_at - INTERVAL ? SECOND WHERE account_id = ?")
                .params(PasswordResets.HOLDS.toSeconds(), accounts.find(mia).orElseThrow())
                .update();
        assertThat(choose(token, FRESH).getResponse().getStatus()).isEqualTo(410);
        assertThat(matches(OLD)).isTrue();
    }

    @Test
    void nobodysMailboxIsFilledByOthers() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(mia.value()).getResponse().getStatus()).isEqualTo(200);
        }
        assertThat(ask(mia.value()).getResponse().getStatus())
                .as("from one address")
                .isEqualTo(429);
        visit.elsewhere();
        assertThat(ask(mia.value()).getResponse().getStatus()).isEqualTo(200);
        mailedToken(3);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM password_reset WHERE account_id = ?")
                        .param(accounts.find(mia).orElseThrow())
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void withoutTheTokenOfTheFormNothingIsDone() {
        MvcTestResult answer = visit.perform(post("/sign-in/forgot").param("email", mia.value()));
        assertThat(answer.getResponse().getStatus()).isNotEqualTo(200);
        assertThat(TestMail.receivedBy(mia.value())).isEmpty();
    }

    @Test
    void whatIsNoAddressIsSaidKindlyAndPutsNothingIntoThePage() {
        MvcTestResult answer = ask("<script>alert(1)</script>");
        assertThat(answer.getResponse().getStatus()).isEqualTo(422);
        assertThat(Door.body(answer)).contains("name@example.com").doesNotContain("<script>");
        assertThat(answer.getResponse().getHeader("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.getResponse().getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    }

    private MvcTestResult ask(String email) {
        return visit.submit(post("/sign-in/forgot").param("email", email));
    }

    private MvcTestResult choose(String token, String password) {
        return visit.submit(post("/sign-in/new-password/" + token).param("password", password));
    }

    private MvcTestResult get(String path) {
        return visit.perform(MockMvcRequestBuilders.get("/sign-in/" + path));
    }

    private String mailedToken(int mails) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> TestMail.receivedBy(mia.value()).size() >= mails);
        Matcher link = LINK.matcher(
                TestMail.receivedBy(mia.value()).getFirst().content().replace("=\r\n", ""));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private boolean matches(String password) {
        return encoder.matches(
                password, accounts.loadUserByUsername(mia.value()).getPassword());
    }
}
