package io.perennial.shell;

import static io.perennial.shell.Door.body;
import static io.perennial.shell.Door.in;
import static io.perennial.shell.Door.personIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.FreshProof;
import io.perennial.accounts.Role;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.LyingProvider;
import io.perennial.accounts.signin.OnlyProvider;
import io.perennial.accounts.signin.ProviderWish;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.WaysIn;
import io.perennial.kernel.EmailAddress;
import io.perennial.shell.Door.Visit;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Signing in by OpenID providers over HTTP: two that say what a test wants. */
@IntegrationTest
@DirtiesContext
class ProviderDoorIT {

    private static final LyingProvider ACME = new LyingProvider();
    private static final LyingProvider OTHER = new LyingProvider();

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
    void whereOneProviderAloneLetsPeopleInAPasswordDoesNot() {
        connected();
        MockHttpSession byPassword = visit.password(mia, "/");
        assertThat(visit.goesOn(byPassword)).isTrue();
        MockHttpSession session = new MockHttpSession();
        back(session, person(mia.value(), true));
        assertThat(visit.goesOn(session)).isTrue();
        proven(session);
        in(session, () -> {
            only.require("acme");
            return true;
        });
        assertThat(door.deeds(visit.acme)).contains("accounts.deed.provider_required");
        assertThat(visit.goesOn(byPassword)).as("a session from before").isFalse();
        assertThat(visit.goesOn(session)).isTrue();
        visit.password(new MockHttpSession(), mia, "/login?only=acme");
        assertThat(visit.goesOn(visit.password(visit.grace, "/")))
                .as("another business")
                .isTrue();

        // In her other business by the password; from there not into this one.
        accounts.addMember(visit.globex, accounts.find(mia).orElseThrow(), Role.SUPPORT);
        MockHttpSession inGlobex = visit.password(mia, "/");
        assertThat(personIn(inGlobex).tenant()).isEqualTo(visit.globex);
        assertThat(visit.goesOn(inGlobex)).isTrue();
        assertThat(in(
                        inGlobex,
                        () -> ways.opens(
                                SignInDetails.current().orElseThrow(),
                                personIn(inGlobex).in(visit.acme))))
                .isFalse();

        // Another provider does not do.
        MockHttpSession other = new MockHttpSession();
        back(other, person(mia.value(), true));
        assertThat(personIn(other).tenant()).isEqualTo(visit.acme);
        proven(other);
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> in(other, () -> {
                    only.require("other");
                    return true;
                }))
                .returns(Rule.PROVIDER_FIRST, StaffRuleException::rule);
        long connection = in(other, identities::mine).getFirst().id();
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> in(other, () -> {
                    identities.disconnect(connection);
                    return true;
                }))
                .returns(Rule.PROVIDER_NEEDED, StaffRuleException::rule);
        in(other, () -> {
            only.require(null);
            return true;
        });
        assertThat(door.deeds(visit.acme)).contains("accounts.deed.provider_optional");
    }

    @Test
    void whoIsNotConnectedYetComesInByTheProviderAndThenThePasswordOnce() {
        connected();
        jdbc.sql("UPDATE business SET only_issuer = ? WHERE id = ?")
                .params(ACME.issuer(), visit.acme.value())
                .update();
        EmailAddress eve = Door.freshEmail();
        accounts.addMember(visit.acme, accounts.ensureAccount(eve, "Eve", Door.PASSWORD), Role.SUPPORT);
        MockHttpSession session = new MockHttpSession();
        Map<String, Object> person = Map.of("sub", eve.value(), "email", eve.value(), "email_verified", true);
        assertThat(back(session, person).getResponse().getRedirectedUrl()).isEqualTo("/login?connect");
        password(session, eve);
        assertThat(visit.goesOn(session)).isTrue();
        assertThat(in(session, identities::mine)).hasSize(1);
    }

    @Test
    void anOwnerHasToStayWhoComesInByTheOnlyProvider() {
        connected();
        EmailAddress eve = Door.freshEmail();
        long eves = accounts.ensureAccount(eve, "Eve", Door.PASSWORD);
        accounts.addMember(visit.acme, eves, Role.OWNER);
        jdbc.sql("UPDATE business SET only_issuer = ? WHERE id = ?")
                .params(ACME.issuer(), visit.acme.value())
                .update();
        long mias = accounts.find(mia).orElseThrow();
        assertThatExceptionOfType(StaffRuleException.class)
                .isThrownBy(() -> TestTenants.asOwner(visit.acme, () -> {
                    staff.changeRole(mias, StaffRole.of(Role.SUPPORT));
                    return true;
                }))
                .returns(Rule.LAST_CONNECTED_OWNER, StaffRuleException::rule);
        TestTenants.asOwner(visit.acme, () -> {
            staff.remove(eves);
            return true;
        });
    }

    @Test
    void signingInAnewThereIsAFreshProofAndBeingLetThroughIsNone() {
        connected();
        MockHttpSession session = new MockHttpSession();
        back(session, person(mia.value(), true));
        visit.goesOn(session);
        Map<String, Object> person = new LinkedHashMap<>(person(mia.value(), true));
        person.put("auth_time", Instant.now().minusSeconds(3600).getEpochSecond());
        assertThat(prove(session, person)).hasStatus(422);
        isProven(session, false);
        Map<String, Object> somebody = new LinkedHashMap<>(person("eve@elsewhere.example", true));
        somebody.put("sub", "eve of " + mia.value());
        somebody.put("auth_time", Instant.now().getEpochSecond());
        assertThat(prove(session, somebody)).hasStatus(403);
        isProven(session, false);
        person.put("auth_time", Instant.now().getEpochSecond());
        assertThat(prove(session, person)).hasStatusOk();
        isProven(session, true);
    }

    private MvcTestResult prove(MockHttpSession session, Map<String, Object> person) {
        String sentTo = visit.perform(
                        get("/sign-in/with/acme").param("prove", "").session(session))
                .getResponse()
                .getRedirectedUrl();
        assertThat(sentTo).contains("prompt=login").contains("max_age=0");
        return visit.perform(answer("acme", ACME.agree(sentTo, person)).session(session));
    }

    private static void isProven(MockHttpSession session, boolean proven) {
        in(session, () -> {
            if (proven) {
                FreshProof.require();
            } else {
                assertThatExceptionOfType(FreshProof.Needed.class).isThrownBy(FreshProof::require);
            }
            return true;
        });
    }

    private void proven(MockHttpSession session) {
        Map<String, Object> person = new LinkedHashMap<>(person(mia.value(), true));
        person.put("auth_time", Instant.now().getEpochSecond());
        assertThat(prove(session, person)).hasStatusOk();
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

    private void connected() {
        MockHttpSession session = new MockHttpSession();
        back(session, person(mia.value(), true));
        password(session, mia);
        assertThat(in(session, identities::mine)).hasSize(1);
    }

    private MvcTestResult connectByChoice(MockHttpSession session, Map<String, Object> person) {
        StaffPrincipal me = personIn(session);
        ProviderWish.connect("acme", me.accountId()).keepIn(session);
        return back(session, person);
    }

    private Map<String, Object> person(String email, boolean verified) {
        return Map.of("sub", subject, "email", email, "email_verified", verified);
    }

    private String begin(MockHttpSession session, String provider) {
        String sentTo = visit.perform(get("/sign-in/with/" + provider).session(session))
                .getResponse()
                .getRedirectedUrl();
        assertThat(sentTo).contains("code_challenge_method=S256");
        return sentTo;
    }

    private MvcTestResult back(MockHttpSession session, Map<String, Object> person) {
        return visit.perform(
                answer("acme", ACME.agree(begin(session, "acme"), person)).session(session));
    }

    private static MockHttpServletRequestBuilder answer(String provider, Map<String, String> parameters) {
        MockHttpServletRequestBuilder request = get("/sign-in/from/" + provider);
        parameters.forEach((name, value) -> request.param(name, value));
        return request;
    }

    private void password(MockHttpSession session, EmailAddress email) {
        visit.perform(post("/login")
                .param("username", email.value())
                .param("password", Door.PASSWORD)
                .session(session)
                .with(csrf()));
        assertThat(visit.goesOn(session)).isTrue();
        assertThat(personIn(session).getUsername()).isEqualTo(email.value());
    }
}
