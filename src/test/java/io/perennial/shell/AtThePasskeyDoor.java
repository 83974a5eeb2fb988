package io.perennial.shell;

import static io.perennial.shell.Door.body;
import static io.perennial.shell.Door.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.Role;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.Proofs;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.StaffSessions;
import io.perennial.kernel.EmailAddress;
import io.perennial.shell.Door.Visit;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Two people with passkeys before the door, over HTTP, with an authenticator in software that also lies. */
abstract class AtThePasskeyDoor {

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

    /** Signs in by the password, makes a passkey, and leaves. */
    SoftAuthenticator deviceOf(EmailAddress email) {
        MockHttpSession session = signedIn(email);
        SoftAuthenticator device = new SoftAuthenticator();
        PasskeyCeremony asked = in(session, passkeys::askForNew);
        in(session, () -> passkeys.add(asked, device.make(asked.options()), "Device"));
        return device;
    }

    MockHttpSession signedIn(EmailAddress email) {
        MockHttpSession session = visit.password(email, "/");
        assertThat(visit.goesOn(session)).isTrue();
        return session;
    }

    String question(MockHttpSession session) {
        MvcTestResult answer = visit.submit(post("/sign-in/passkey/question").session(session));
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    String besideQuestion(MockHttpSession session) {
        MvcTestResult answer = visit.submit(
                post("/sign-in/passkey/question").param("beside", "true").session(session));
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    MvcTestResult answer(MockHttpSession session, String answer) {
        return visit.submit(post("/sign-in/passkey")
                .contentType(MediaType.APPLICATION_JSON)
                .content(answer)
                .session(session));
    }
}
