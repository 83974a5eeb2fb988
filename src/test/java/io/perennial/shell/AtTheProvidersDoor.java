package io.perennial.shell;

import static io.perennial.shell.Door.in;
import static io.perennial.shell.Door.personIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.Role;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.LyingProvider;
import io.perennial.accounts.signin.OnlyProvider;
import io.perennial.accounts.signin.WaysIn;
import io.perennial.kernel.EmailAddress;
import io.perennial.shell.Door.Visit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Two people before the door and two OpenID providers that say what a test wants, over HTTP. */
abstract class AtTheProvidersDoor {

    static final LyingProvider ACME = new LyingProvider();
    static final LyingProvider OTHER = new LyingProvider();

    @Autowired
    Door door;

    @Autowired
    Identities identities;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    OnlyProvider only;

    @Autowired
    WaysIn ways;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    Visit visit;
    EmailAddress mia;
    String subject;

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry registry) {
        String[][] all = {
            {"acme", ACME.issuer(), LyingProvider.CLIENT, LyingProvider.SECRET},
            {"other", OTHER.issuer(), LyingProvider.CLIENT, LyingProvider.SECRET},
        };
        for (int i = 0; i < all.length; i++) {
            String[] one = all[i];
            String name = "perennial.oidc.providers[" + i + "].";
            registry.add(name + "id", () -> one[0]);
            registry.add(name + "name", () -> "The " + one[0]);
            registry.add(name + "issuer", () -> one[1]);
            registry.add(name + "client-id", () -> one[2]);
            registry.add(name + "client-secret", () -> one[3]);
        }
        registry.add("perennial.oidc.providers[0].second-factor", () -> "mfa");
    }

    @AfterAll
    static void close() {
        ACME.close();
        OTHER.close();
    }

    @BeforeEach
    void miaOfAcmeAndGraceOfGlobex() {
        visit = door.fresh(Role.OWNER);
        mia = visit.mia;
        subject = "subject of " + mia.value();
    }

    void connected() {
        MockHttpSession session = new MockHttpSession();
        back(session, person(mia.value(), true));
        password(session, mia);
        assertThat(in(session, identities::mine)).hasSize(1);
    }

    Map<String, Object> person(String email, boolean verified) {
        return Map.of("sub", subject, "email", email, "email_verified", verified);
    }

    String begin(MockHttpSession session, String provider) {
        String sentTo = visit.perform(get("/sign-in/with/" + provider).session(session))
                .getResponse()
                .getRedirectedUrl();
        assertThat(sentTo).contains("code_challenge_method=S256");
        return sentTo;
    }

    MvcTestResult back(MockHttpSession session, Map<String, Object> person) {
        return visit.perform(
                answer("acme", ACME.agree(begin(session, "acme"), person)).session(session));
    }

    static MockHttpServletRequestBuilder answer(String provider, Map<String, String> parameters) {
        MockHttpServletRequestBuilder request = get("/sign-in/from/" + provider);
        parameters.forEach((name, value) -> request.param(name, value));
        return request;
    }

    void password(MockHttpSession session, EmailAddress email) {
        visit.perform(post("/login")
                .param("username", email.value())
                .param("password", Door.PASSWORD)
                .session(session)
                .with(csrf()));
        assertThat(visit.goesOn(session)).isTrue();
        assertThat(personIn(session).getUsername()).isEqualTo(email.value());
    }
}
