package io.perennial.shell;

import static io.perennial.shell.Door.body;
import static io.perennial.shell.Door.in;
import static io.perennial.shell.Door.personIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.ProviderWish;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Signing in by OpenID providers over HTTP, and connecting them with one's account. */
@IntegrationTest
@DirtiesContext
class ProviderDoorIT extends AtTheProvidersDoor {

    @Test
    void whoHasSignedInOnBothSidesOnceNeedsTheProviderAlone() {
        connected();
        MockHttpSession session = new MockHttpSession();
        visit.perform(get("/customers").session(session));
        assertThat(back(session, person(mia.value(), true)).getResponse().getRedirectedUrl())
                .as("the page wanted last")
                .isEqualTo("/customers");
        assertThat(personIn(session).getUsername()).isEqualTo(mia.value());
        assertThat(personIn(session).getPassword()).isNull();
        assertThat(visit.goesOn(session)).isTrue();
        assertThat(door.deeds(visit.acme)).contains("accounts.deed.provider_connected", "accounts.deed.signed_in");
        assertThat(door.deeds(visit.globex)).isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(TestMail.receivedBy(mia.value()))
                        .extracting(ScriptedSmtp.Received::content)
                        .anyMatch(content -> content.contains("signs you in from now on")));
    }

    @Test
    void whoIsUnknownHereComesInByNoProvider() {
        MvcTestResult answer = back(new MockHttpSession(), person("stranger@elsewhere.example", true));
        assertThat(answer).hasStatus(403);
        assertThat(body(answer)).contains("stranger@elsewhere.example").contains("invite you");
    }

    @Test
    void anAddressThatTheProviderHasNotVerifiedConnectsNothing() {
        MockHttpSession session = new MockHttpSession();
        assertThat(back(session, person(mia.value(), false))).hasStatus(403);
        password(session, mia);
        assertThat(in(session, identities::mine)).isEmpty();
    }

    @Test
    void onlyTheOwnerOfThatAddressConnectsItBySigningIn() {
        MockHttpSession session = new MockHttpSession();
        assertThat(back(session, person(mia.value(), true)).getResponse().getRedirectedUrl())
                .isEqualTo("/login?connect");
        password(session, visit.grace);
        assertThat(in(session, identities::mine)).isEmpty();
        MockHttpSession elsewhere = new MockHttpSession();
        password(elsewhere, mia);
        assertThat(in(elsewhere, identities::mine)).as("another session").isEmpty();
    }

    /** Issuer and subject together: a subject alone, or an address, may be somebody else's elsewhere. */
    @Test
    void theSameSubjectAtAnotherProviderIsAnotherPerson() {
        connected();
        MockHttpSession session = new MockHttpSession();
        String sentTo = begin(session, "other");
        Map<String, Object> same = person("eve@elsewhere.example", true);
        assertThat(visit.perform(answer("other", OTHER.agree(sentTo, same)).session(session)))
                .hasStatus(403);
        assertThat(personIn(session)).isNull();
    }

    @Test
    void anAddressThatChangedThereStillIsTheSamePerson() {
        connected();
        MockHttpSession session = new MockHttpSession();
        assertThat(back(session, person("mia.new@elsewhere.example", false))
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
        assertThat(personIn(session).getUsername()).isEqualTo(mia.value());
    }

    @Test
    void anAnswerGoesOnceAndOnlyInTheSessionThatAsked() {
        connected();
        MockHttpSession session = new MockHttpSession();
        Map<String, String> answer = ACME.agree(begin(session, "acme"), person(mia.value(), true));
        MockHttpSession other = new MockHttpSession();
        assertThat(visit.perform(answer("acme", answer).session(other))).hasStatus(422);
        begin(other, "acme");
        assertThat(visit.perform(answer("acme", answer).session(other)))
                .as("a victim's session that asked something else")
                .hasStatus(422);
        assertThat(visit.perform(answer("other", answer).session(session)))
                .as("at the address of another provider")
                .hasStatus(422);
        begin(session, "acme");
        assertThat(visit.perform(answer("acme", answer).session(session))).hasStatus(422);
        assertThat(personIn(session)).isNull();
        assertThat(personIn(other)).isNull();
    }

    @Test
    void theSecondStepFollowsUnlessTheProviderIsTrustedToHaveSeenIt() {
        connected();
        door.requireSecondFactorIn(visit.acme);
        MockHttpSession session = new MockHttpSession();
        assertThat(back(session, person(mia.value(), true)).getResponse().getRedirectedUrl())
                .isEqualTo("/sign-in/set-up");
        assertThat(personIn(session)).isNull();
        Map<String, Object> twice = new LinkedHashMap<>(person(mia.value(), true));
        twice.put("amr", List.of("pwd", "mfa"));
        MockHttpSession trusted = new MockHttpSession();
        assertThat(back(trusted, twice).getResponse().getRedirectedUrl()).isEqualTo("/");
        assertThat(visit.goesOn(trusted)).isTrue();
    }

    @Test
    void comingFromAProviderIsNoFreshProof() {
        connected();
        MockHttpSession session = new MockHttpSession();
        back(session, person(mia.value(), true));
        in(session, () -> {
            assertThatExceptionOfType(FreshProof.Needed.class).isThrownBy(FreshProof::require);
            return true;
        });
    }

    @Test
    void whoIsDisabledComesInByNoProvider() {
        connected();
        jdbc.sql("UPDATE staff_account SET enabled = FALSE WHERE email = ?")
                .param(mia.value())
                .update();
        MockHttpSession session = new MockHttpSession();
        assertThat(back(session, person(mia.value(), true))).hasStatus(403);
        assertThat(personIn(session)).isNull();
    }

    @Test
    void aLinkFromElsewhereConnectsNothingForWhoIsSignedIn() {
        MockHttpSession session = visit.password(mia, "/");
        assertThat(visit.goesOn(session)).isTrue();
        assertThat(visit.perform(get("/sign-in/with/acme").session(session))
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/");
        ProviderWish.connect("other", personIn(session).accountId()).keepIn(session);
        assertThat(visit.perform(get("/sign-in/with/acme").session(session))
                        .getResponse()
                        .getRedirectedUrl())
                .as("another provider was meant")
                .isEqualTo("/");
        assertThat(in(session, identities::mine)).isEmpty();
    }

    @Test
    void onesOwnAccountConnectsByChoiceAndDisconnectsAndNobodyElsesDoes() {
        MockHttpSession session = visit.password(mia, "/");
        MockHttpSession graces = visit.password(visit.grace, "/");
        visit.goesOn(session);
        visit.goesOn(graces);
        assertThat(connectByChoice(session, person("mia@work.example", true))
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/account");
        assertThat(connectByChoice(graces, person("mia@work.example", true)))
                .as("it is Mia's already")
                .hasStatus(409);
        long id = in(session, identities::mine).getFirst().id();
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> in(graces, () -> {
                    identities.disconnect(id);
                    return true;
                }))
                .returns(Rule.PROVIDER_GONE, StaffRuleException::rule);
        in(session, () -> {
            identities.disconnect(id);
            return true;
        });
        assertThat(back(new MockHttpSession(), person("mia@work.example", true)))
                .hasStatus(403);
    }

    @Test
    void cancellingThereLeadsBackKindly() {
        MockHttpSession session = new MockHttpSession();
        begin(session, "acme");
        MvcTestResult answer = visit.perform(
                get("/sign-in/from/acme").param("error", "access_denied").session(session));
        assertThat(answer).hasStatus(422);
        assertThat(body(answer)).contains("You did not agree there").doesNotContain("access_denied");
    }

    private MvcTestResult connectByChoice(MockHttpSession session, Map<String, Object> person) {
        StaffPrincipal me = personIn(session);
        ProviderWish.connect("acme", me.accountId()).keepIn(session);
        return back(session, person);
    }
}
