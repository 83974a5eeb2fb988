package io.perennial.shell;

import static io.perennial.shell.Door.body;
import static io.perennial.shell.Door.in;
import static io.perennial.shell.Door.personIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.FreshProof;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.AgedSession;
import io.perennial.accounts.signin.AuthenticatorApp;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.Passkey;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.Proofs;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.StaffSessions;
import io.perennial.kernel.EmailAddress;
import io.perennial.shell.Door.Visit;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Passkeys over HTTP, with an authenticator in software that also lies. */
@IntegrationTest
class PasskeysTest {

    @Autowired
    Passkeys passkeys;

    @Autowired
    SecondFactors factors;

    @Autowired
    StaffSessions sessions;

    @Autowired
    Proofs proofs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    Visit visit;
    EmailAddress mia;
    EmailAddress grace;

    @BeforeEach
    void miaOfAcmeAndGraceOfGlobex() {
        visit = door.fresh(Role.OWNER);
        mia = visit.mia;
        grace = visit.grace;
    }

    @Test
    void aPasskeySignsInWithoutATypedAddressAndCountsAsBothFactors() {
        SoftAuthenticator device = deviceOf(mia);
        door.requireSecondFactorIn(visit.acme);
        MockHttpSession session = new MockHttpSession();
        visit.perform(get("/customers").session(session));
        MvcTestResult answer = answer(session, device.use(question(session)));
        assertThat(answer).hasStatusOk();
        assertThat(body(answer)).as("the page wanted last").contains("\"/customers\"");
        assertThat(personIn(session).getUsername()).isEqualTo(mia.value());
        assertThat(personIn(session).getPassword()).isNull();
        assertThat(visit.goesOn(session)).isTrue();
        assertThat(in(session, sessions::mine)).hasSize(1 + 1);
        assertThat(in(session, passkeys::mine)).extracting(Passkey::usedAt).doesNotContainNull();
        assertThat(door.deeds(visit.acme)).contains("accounts.deed.passkey_added", "accounts.deed.signed_in");
        assertThat(door.deeds(visit.globex)).isEmpty();
    }

    @Test
    void theSessionsIdChangesAtTheSignIn() {
        SoftAuthenticator device = deviceOf(mia);
        MockHttpSession session = new MockHttpSession();
        String question = question(session);
        String before = session.getId();
        assertThat(answer(session, device.use(question))).hasStatusOk();
        assertThat(session.getId()).isNotEqualTo(before);
    }

    /** Each lie alone, so that none hides behind another. */
    enum Lie {
        ANOTHER_SITES_ORIGIN(device -> device.origin = "http://localhost.evil.example:8080"),
        ANOTHER_PORT(device -> device.origin = "http://localhost:9999"),
        ANOTHER_RELYING_PARTY(device -> device.site = "evil.example"),
        FINGER_FACE_OR_PIN_NOT_CHECKED(device -> device.verifies = false),
        ANOTHER_DEED(device -> device.type = "webauthn.create"),
        ANOTHER_PERSON_NAMED(device -> device.owner = new byte[] {0, 0, 0, 0, 0, 0, 0, 1}),
        NOBODY_NAMED(device -> device.owner = new byte[0]),
        AN_ID_NOBODY_HAS(device -> device.id[5] ^= 1);

        private final Consumer<SoftAuthenticator> told;

        Lie(Consumer<SoftAuthenticator> told) {
            this.told = told;
        }
    }

    @ParameterizedTest
    @EnumSource
    void noLieOpensAnything(Lie lie) {
        SoftAuthenticator device = deviceOf(mia);
        lie.told.accept(device);
        MockHttpSession session = new MockHttpSession();
        assertThat(answer(session, device.use(question(session)))).hasStatus(422);
        assertThat(personIn(session)).isNull();
    }

    @Test
    void nothingThatWasAlteredOpensAnything() {
        SoftAuthenticator device = deviceOf(mia);
        for (String part : List.of("signature", "authenticatorData", "clientDataJSON")) {
            visit.elsewhere();
            MockHttpSession session = new MockHttpSession();
            String altered = altered(device.use(question(session)), part, bytes -> {
                bytes[bytes.length - 2] ^= 1;
                return bytes;
            });
            assertThat(answer(session, altered)).as(part).hasStatus(422);
            assertThat(personIn(session)).isNull();
        }
    }

    @Test
    void whatIsNoAnswerAtAllIsRefusedKindly() {
        for (String nonsense :
                List.of("{}", "[]", "null", "\"x\"", "{\"id\":1}", "{" + "\"a\":{".repeat(2000), "x".repeat(100_000))) {
            visit.elsewhere();
            MockHttpSession session = new MockHttpSession();
            question(session);
            assertThat(answer(session, nonsense).getResponse().getStatus()).isEqualTo(422);
            assertThat(personIn(session)).isNull();
        }
    }

    @Test
    void anAnswerGoesOnceAndOnlyInTheSessionThatAsked() {
        SoftAuthenticator device = deviceOf(mia);
        MockHttpSession session = new MockHttpSession();
        String answer = device.use(question(session));
        MockHttpSession other = new MockHttpSession();
        assertThat(answer(other, answer)).hasStatus(422);
        question(other);
        assertThat(answer(other, answer)).as("to another question").hasStatus(422);
        assertThat(answer(session, answer)).hasStatusOk();
        assertThat(answer(session, answer)).as("replayed in its own session").hasStatus(422);
        MockHttpSession later = new MockHttpSession();
        question(later);
        assertThat(answer(later, answer)).as("replayed elsewhere").hasStatus(422);
        assertThat(personIn(other)).isNull();
        assertThat(personIn(later)).isNull();
    }

    @Test
    void aCounterThatGoesBackIsRefusedWrittenDownAndToldByMail() {
        SoftAuthenticator device = deviceOf(mia);
        device.count = 7;
        MockHttpSession session = new MockHttpSession();
        assertThat(answer(session, device.use(question(session)))).hasStatusOk();
        for (long older : List.of(7L, 3L)) {
            device.count = older; // the next one is the same as was seen last, then less
            MockHttpSession copy = new MockHttpSession();
            assertThat(body(answer(copy, device.use(question(copy))))).contains("copied");
            assertThat(personIn(copy)).isNull();
        }
        assertThat(door.deeds(visit.acme)).contains("accounts.deed.passkey_copied");
        assertThat(door.deeds(visit.globex)).isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(TestMail.receivedBy(mia.value()))
                        .extracting(ScriptedSmtp.Received::content)
                        .anyMatch(content -> content.contains("copy of your passkey")));
        device.count = 20;
        MockHttpSession owner = new MockHttpSession();
        assertThat(answer(owner, device.use(question(owner)))).hasStatusOk();
    }

    @Test
    void whoIsDisabledOrWorksNowhereComesInByNoPasskey() {
        SoftAuthenticator device = deviceOf(mia);
        jdbc.sql("UPDATE staff_account SET enabled = FALSE WHERE email = ?")
                .param(mia.value())
                .update();
        MockHttpSession session = new MockHttpSession();
        assertThat(answer(session, device.use(question(session)))).hasStatus(422);
        SoftAuthenticator graces = deviceOf(grace);
        jdbc.sql("DELETE FROM membership WHERE tenant_id = ?")
                .param(visit.globex.value())
                .update();
        MockHttpSession other = new MockHttpSession();
        assertThat(answer(other, graces.use(question(other)))).hasStatus(422);
        assertThat(personIn(session)).isNull();
        assertThat(personIn(other)).isNull();
    }

    @Test
    void besideThePasswordOnesOwnPasskeyIsTheSecondStepAndNobodyElses() {
        SoftAuthenticator device = deviceOf(mia);
        SoftAuthenticator graces = deviceOf(grace);
        door.requireSecondFactorIn(visit.acme);
        MockHttpSession session = visit.password(mia, "/sign-in/code");
        assertThat(body(visit.perform(get("/sign-in/code").session(session))))
                .contains("data-passkey=\"beside\"")
                .doesNotContain("inputmode=\"numeric\"");
        assertThat(answer(session, graces.use(besideQuestion(session)))).hasStatus(422);
        assertThat(personIn(session)).isNull();
        device.verifies = false; // having the key is the second factor here
        assertThat(answer(session, device.use(besideQuestion(session)))).hasStatusOk();
        assertThat(personIn(session).getUsername()).isEqualTo(mia.value());
        assertThat(visit.goesOn(session)).isTrue();
    }

    @Test
    void withoutAPasswordBeforeNobodysPasskeysAreNamed() {
        deviceOf(mia);
        MockHttpSession session = new MockHttpSession();
        assertThat(visit.submit(post("/sign-in/passkey/question")
                        .param("beside", "true")
                        .session(session)))
                .hasStatus(410);
        assertThat(question(session)).contains("\"allowCredentials\":[]");
    }

    @Test
    void aPasskeyAloneMakesNoSecondStepAMustBesideThePassword() {
        deviceOf(mia);
        visit.password(mia, "/");
    }

    @Test
    void withoutTheTokenOfThePageNothingIsAskedOrAnswered() {
        SoftAuthenticator device = deviceOf(mia);
        MockHttpSession session = new MockHttpSession();
        String answer = device.use(question(session));
        visit.perform(post("/sign-in/passkey")
                .contentType(MediaType.APPLICATION_JSON)
                .content(answer)
                .session(session));
        assertThat(personIn(session)).isNull();
    }

    @Test
    void failedAnswersAreSlowedDownAndGoodOnesAreNot() {
        SoftAuthenticator device = deviceOf(mia);
        for (int i = 0; i < 7; i++) {
            MockHttpSession session = new MockHttpSession();
            assertThat(answer(session, device.use(question(session)))).hasStatusOk();
        }
        device.site = "evil.example";
        for (int i = 0; i < 5; i++) {
            MockHttpSession session = new MockHttpSession();
            assertThat(answer(session, device.use(question(session)))).hasStatus(422);
        }
        MockHttpSession session = new MockHttpSession();
        assertThat(answer(session, device.use(question(session)))).hasStatus(429);
        visit.elsewhere();
        device.site = "localhost";
        assertThat(answer(session, device.use(question(session))))
                .as("nobody is held up by a stranger's failures")
                .hasStatusOk();
    }

    @Test
    void aNewOneIsCheckedAsWell() {
        MockHttpSession session = signedIn(mia);
        SoftAuthenticator device = new SoftAuthenticator();
        device.verifies = false;
        refused(Rule.PASSKEY_REFUSED, session, device::make);
        device.verifies = true;
        device.origin = "https://evil.example";
        refused(Rule.PASSKEY_REFUSED, session, device::make);
        device.origin = "http://localhost:8080";
        device.site = "evil.example";
        refused(Rule.PASSKEY_REFUSED, session, device::make);
        refused(Rule.PASSKEY_REFUSED, session, question -> "{}");
        assertThat(in(session, passkeys::mine)).isEmpty();
    }

    @Test
    void aQuestionForANewOneIsAnsweredOnceAndByNobodyElse() {
        MockHttpSession mias = signedIn(mia);
        MockHttpSession graces = signedIn(grace);
        PasskeyCeremony asked = in(mias, passkeys::askForNew);
        SoftAuthenticator device = new SoftAuthenticator();
        String made = device.make(asked.options());
        assertThat(in(mias, () -> passkeys.add(asked, made, "Phone"))).hasSize(10);
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> in(mias, () -> passkeys.add(asked, made, "Phone")))
                .returns(Rule.PASSKEY_LATE, StaffRuleException::rule);
        PasskeyCeremony again = in(mias, passkeys::askForNew);
        assertThat(again.options()).as("the device is told what it has").contains(SoftAuthenticator.text(device.id));
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> in(graces, () -> passkeys.add(again, device.make(again.options()), "Stolen")))
                .returns(Rule.PASSKEY_REFUSED, StaffRuleException::rule);
        refused(Rule.PASSKEY_REFUSED, graces, device::make);
        assertThat(in(graces, passkeys::mine)).isEmpty();
    }

    @Test
    void nobodySeesRenamesOrRemovesThoseOfAnother() {
        deviceOf(mia);
        MockHttpSession mias = signedIn(mia);
        MockHttpSession graces = signedIn(grace);
        long id = in(mias, passkeys::mine).getFirst().id();
        assertThat(in(graces, passkeys::mine)).isEmpty();
        for (Consumer<Long> deed : List.<Consumer<Long>>of(
                foreign -> passkeys.rename(foreign, "Mine now"), foreign -> passkeys.remove(foreign))) {
            assertThatExceptionOfType(StaffRuleException.class)
                    .isThrownBy(() -> in(graces, () -> {
                        deed.accept(id);
                        return true;
                    }))
                    .returns(Rule.PASSKEY_GONE, StaffRuleException::rule);
        }
        in(mias, () -> {
            passkeys.rename(id, "  Her phone ");
            return true;
        });
        assertThat(in(mias, passkeys::mine)).extracting(Passkey::name).containsExactly("Her phone");
    }

    @Test
    void aRemovedOneOpensNothingAndTheOwnerIsToldByMail() {
        SoftAuthenticator device = deviceOf(mia);
        MockHttpSession session = signedIn(mia);
        in(session, () -> {
            passkeys.remove(passkeys.mine().getFirst().id());
            return true;
        });
        MockHttpSession other = new MockHttpSession();
        assertThat(body(answer(other, device.use(question(other))))).contains("unknown");
        assertThat(door.deeds(visit.acme)).contains("accounts.deed.passkey_removed");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(TestMail.receivedBy(mia.value()))
                        .extracting(ScriptedSmtp.Received::content)
                        .anyMatch(content -> content.contains("was added to your account"))
                        .anyMatch(content -> content.contains("was removed from your account")));
    }

    @Test
    void theLastSecondFactorStaysWhereABusinessRequiresOneAndRecoveryCodesHoldAsLongAsThereIsOne() {
        SoftAuthenticator device = deviceOf(mia);
        door.requireSecondFactorIn(visit.acme);
        MockHttpSession session = new MockHttpSession();
        answer(session, device.use(question(session)));
        long id = in(session, passkeys::mine).getFirst().id();
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> in(session, () -> {
                    passkeys.remove(id);
                    return true;
                }))
                .returns(Rule.SECOND_FACTOR_REQUIRED, StaffRuleException::rule);
        assertThat(in(session, passkeys::mine)).as("nothing was done").hasSize(1);
        in(session, () -> {
            StaffPrincipal me = personIn(session);
            Enrolment enrolment = factors.begin(me);
            factors.confirm(me, enrolment, new AuthenticatorApp(enrolment.secret()).code());
            factors.remove(); // the passkey is enough
            assertThat(factors.codesLeft()).isEqualTo(10);
            return true;
        });
    }

    @Test
    void aRecoveryCodeOpensForWhoLostTheOnlyPasskey() {
        MockHttpSession session = signedIn(mia);
        PasskeyCeremony asked = in(session, passkeys::askForNew);
        List<String> codes =
                in(session, () -> passkeys.add(asked, new SoftAuthenticator().make(asked.options()), "Lost phone"));
        door.requireSecondFactorIn(visit.acme);
        MockHttpSession later = visit.password(mia, "/sign-in/code");
        MvcTestResult answer = visit.submit(
                post("/sign-in/code").param("code", codes.getFirst()).session(later));
        assertThat(answer.getResponse().getStatus()).isEqualTo(302);
        assertThat(personIn(later)).isNotNull();
    }

    @Test
    void aFreshProofIsNeededForANewOneAndAPasskeyGivesIt() {
        SoftAuthenticator device = deviceOf(mia);
        MockHttpSession session = signedIn(mia);
        in(session, () -> {
            ((AbstractAuthenticationToken) SecurityContextHolder.getContext().getAuthentication())
                    .setDetails(AgedSession.of(Duration.ofMinutes(11)));
            assertThatExceptionOfType(FreshProof.Needed.class).isThrownBy(passkeys::askForNew);
            device.verifies = false;
            PasskeyCeremony unverified = proofs.askForPasskey();
            assertThat(proofs.prove(unverified, device.use(unverified.options()), visit.address()))
                    .as("alone it must check finger, face or PIN")
                    .isFalse();
            device.verifies = true;
            PasskeyCeremony asked = proofs.askForPasskey();
            String answer = device.use(asked.options());
            assertThat(proofs.prove(asked, answer, visit.address())).isTrue();
            assertThat(proofs.prove(asked, answer, visit.address())).isFalse();
            return passkeys.askForNew();
        });
    }

    @Test
    void whetherOtherDevicesHaveItIsShown() {
        MockHttpSession session = signedIn(mia);
        SoftAuthenticator cloud = new SoftAuthenticator();
        cloud.synced = true;
        PasskeyCeremony first = in(session, passkeys::askForNew);
        in(session, () -> passkeys.add(first, cloud.make(first.options()), "Keychain"));
        PasskeyCeremony second = in(session, passkeys::askForNew);
        in(session, () -> passkeys.add(second, new SoftAuthenticator().make(second.options()), ""));
        assertThat(in(session, passkeys::mine)).extracting(Passkey::synced).containsExactly(true, false);
        assertThat(in(session, passkeys::mine)).extracting(Passkey::name).containsExactly("Keychain", "Passkey");
    }

    private void refused(Rule rule, MockHttpSession session, UnaryOperator<String> device) {
        PasskeyCeremony asked = in(session, passkeys::askForNew);
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> in(session, () -> passkeys.add(asked, device.apply(asked.options()), "x")))
                .returns(rule, StaffRuleException::rule);
    }

    /** Signs in by the password, makes a passkey, and leaves. */
    private SoftAuthenticator deviceOf(EmailAddress email) {
        MockHttpSession session = signedIn(email);
        SoftAuthenticator device = new SoftAuthenticator();
        PasskeyCeremony asked = in(session, passkeys::askForNew);
        in(session, () -> passkeys.add(asked, device.make(asked.options()), "Device"));
        return device;
    }

    private MockHttpSession signedIn(EmailAddress email) {
        MockHttpSession session = visit.password(email, "/");
        assertThat(visit.goesOn(session)).isTrue();
        return session;
    }

    private String question(MockHttpSession session) {
        MvcTestResult answer = visit.submit(post("/sign-in/passkey/question").session(session));
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private String besideQuestion(MockHttpSession session) {
        MvcTestResult answer = visit.submit(
                post("/sign-in/passkey/question").param("beside", "true").session(session));
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private MvcTestResult answer(MockHttpSession session, String answer) {
        return visit.submit(post("/sign-in/passkey")
                .contentType(MediaType.APPLICATION_JSON)
                .content(answer)
                .session(session));
    }

    private static String altered(String answer, String part, UnaryOperator<byte[]> change) {
        String before = answer.replaceFirst("(?s).*\"" + part + "\":\"([^\"]*)\".*", "$1");
        byte[] bytes = Base64.getUrlDecoder().decode(before);
        byte[] after = change.apply(Arrays.copyOf(bytes, bytes.length));
        assertThat(new String(after, StandardCharsets.ISO_8859_1))
                .isNotEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
        return answer.replace(before, Base64.getUrlEncoder().withoutPadding().encodeToString(after));
    }
}
