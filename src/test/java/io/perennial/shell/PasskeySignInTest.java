package io.perennial.shell;

import static io.perennial.shell.Door.body;
import static io.perennial.shell.Door.in;
import static io.perennial.shell.Door.personIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.signin.Passkey;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Signing in by a passkey, and what does not open anything. */
@IntegrationTest
class PasskeySignInTest extends AtThePasskeyDoor {

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

    private static String altered(String answer, String part, UnaryOperator<byte[]> change) {
        String before = answer.replaceFirst("(?s).*\"" + part + "\":\"([^\"]*)\".*", "$1");
        byte[] bytes = Base64.getUrlDecoder().decode(before);
        byte[] after = change.apply(Arrays.copyOf(bytes, bytes.length));
        assertThat(new String(after, StandardCharsets.ISO_8859_1))
                .isNotEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
        return answer.replace(before, Base64.getUrlEncoder().withoutPadding().encodeToString(after));
    }
}
