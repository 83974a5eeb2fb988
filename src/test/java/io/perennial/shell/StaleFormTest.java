package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.Role;
import io.perennial.shell.Door.Visit;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestMail;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Forms around signing in that stood open until their session was over: they come again with what was typed. */
@IntegrationTest
class StaleFormTest {

    private static final Pattern LINK = Pattern.compile("/(sign-up|sign-in/new-password)/([A-Za-z0-9_-]{43})");

    @Autowired
    Door door;

    Visit visit;

    @BeforeEach
    void twoBusinesses() {
        visit = door.fresh(Role.MARKETER);
    }

    @Test
    void anAddressTypedToSignUpOrToGetANewPasswordStandsInTheFreshForm() {
        for (String path : new String[] {"/sign-up", "/sign-in/forgot"}) {
            MockHttpSession session = new MockHttpSession();
            MvcTestResult refused = perform(session, post(path).param("email", "nova@shop.example"));
            assertThat(refused.getResponse().getStatus()).isEqualTo(303);
            assertThat(refused.getResponse().getRedirectedUrl()).isEqualTo(path + "?stale");
            assertThat(Door.body(perform(session, get(path).param("stale", ""))))
                    .contains("This page had been open for too long")
                    .contains("value=\"nova@shop.example\"");
            assertThat(Door.body(perform(session, get(path))))
                    .as("once")
                    .doesNotContain("nova@shop.example")
                    .doesNotContain("too long");
        }
    }

    @Test
    void theBusinessAndItsFounderAreKeptAndThePasswordIsNot() {
        String address = Door.freshEmail().value();
        visit.submit(post("/sign-up").param("email", address));
        String path = linkMailedTo(address);
        MockHttpSession session = new MockHttpSession();
        MvcTestResult refused = perform(
                session,
                post(path)
                        .param("business", "Kavárna Nova")
                        .param("person", "Nova Malá")
                        .param("password", Door.PASSWORD)
                        .param("terms", "true"));
        assertThat(refused.getResponse().getRedirectedUrl()).isEqualTo(path + "?stale");
        assertThat(Collections.list(session.getAttributeNames()))
                .allSatisfy(name ->
                        assertThat(session.getAttribute(name)).asString().doesNotContain(Door.PASSWORD));
        assertThat(Door.body(perform(session, get(path).param("stale", ""))))
                .contains("value=\"Kavárna Nova\"", "value=\"Nova Malá\"")
                .doesNotContain(Door.PASSWORD);
        assertThat(door.deeds(visit.acme)).isEmpty();
        assertThat(door.deeds(visit.globex)).isEmpty();
    }

    @Test
    void whoChoosesANewPasswordGetsTheFormAgainAndTheLinkStillHolds() {
        visit.submit(post("/sign-in/forgot").param("email", visit.mia.value()));
        String path = linkMailedTo(visit.mia.value());
        MockHttpSession session = new MockHttpSession();
        assertThat(perform(session, post(path).param("password", "four calm words more"))
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo(path + "?stale");
        assertThat(Door.body(perform(session, get(path).param("stale", ""))))
                .contains("This page had been open for too long", visit.mia.value())
                .doesNotContain("four calm words more");
        assertThat(visit.submit(post(path).param("password", "four calm words more"))
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/login?changed");
    }

    @Test
    void aSignInBeginsAnewWithItsAddress() {
        MockHttpSession session = new MockHttpSession();
        MvcTestResult refused = perform(
                session, post("/login").param("username", visit.mia.value()).param("password", Door.PASSWORD));
        assertThat(refused.getResponse().getRedirectedUrl()).isEqualTo("/login?stale");
        assertThat(Door.personIn(session)).isNull();
        assertThat(session.getAttribute(KeptForm.class.getName()))
                .isEqualTo(kept("/login", "username", visit.mia.value()));
        for (String path : new String[] {"/sign-in/code", "/sign-in/set-up"}) {
            MockHttpSession other = new MockHttpSession();
            assertThat(perform(other, post(path).param("code", "123456"))
                            .getResponse()
                            .getRedirectedUrl())
                    .isEqualTo("/login?stale");
            assertThat(other.getAttribute(KeptForm.class.getName())).isNull();
        }
    }

    @Test
    void anotherSiteFillsInNoFormOfOursNorDoesWhatIsTooLong() {
        MockHttpSession session = new MockHttpSession();
        perform(session, post("/sign-up").param("email", "evil@shop.example").header("Sec-Fetch-Site", "cross-site"));
        perform(session, post("/sign-in/forgot").param("email", "a".repeat(300)));
        assertThat(session.getAttribute(KeptForm.class.getName())).isNull();
        assertThat(Door.body(perform(session, get("/sign-up").param("stale", ""))))
                .doesNotContain("evil@");
    }

    private static KeptForm kept(String path, String field, String value) {
        HashMap<String, String> values = new HashMap<>();
        values.put(field, value);
        return new KeptForm(path, values);
    }

    /** Without the token of the form, as a browser sends one whose session is over. */
    private MvcTestResult perform(MockHttpSession session, MockHttpServletRequestBuilder request) {
        return visit.perform(request.session(session));
    }

    private String linkMailedTo(String address) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !TestMail.receivedBy(address).isEmpty());
        Matcher link =
                LINK.matcher(TestMail.receivedBy(address).getFirst().content().replace("=\r\n", ""));
        assertThat(link.find()).isTrue();
        return link.group();
    }
}
