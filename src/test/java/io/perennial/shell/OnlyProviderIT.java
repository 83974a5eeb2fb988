package io.perennial.shell;

import static io.perennial.shell.Door.in;
import static io.perennial.shell.Door.personIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.FreshProof;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRole;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.AuthenticatorApp;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.ProviderWish;
import io.perennial.accounts.signin.SecondFactors;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.kernel.EmailAddress;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A business that one provider alone opens, and signing in anew there as a fresh proof. */
@IntegrationTest
@DirtiesContext
class OnlyProviderIT extends AtTheProvidersDoor {

    @Autowired
    SecondFactors factors;

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
    void theBusinessThatTheyAreOnTheWayToIsKeptThroughTheSecondStep() {
        connected();
        accounts.addMember(visit.globex, accounts.find(mia).orElseThrow(), Role.SUPPORT);
        jdbc.sql("UPDATE business SET only_issuer = ? WHERE id = ?")
                .params(ACME.issuer(), visit.globex.value())
                .update();
        MockHttpSession session = visit.password(mia, "/");
        assertThat(visit.goesOn(session)).isTrue();
        StaffPrincipal me = personIn(session);
        assertThat(me.tenant()).isEqualTo(visit.acme);
        List<String> codes = in(session, () -> {
            Enrolment enrolment = factors.begin(me);
            return factors.confirm(me, enrolment, new AuthenticatorApp(enrolment.secret()).code());
        });
        ProviderWish.signInTo("acme", me.accountId(), visit.globex.value()).keepIn(session);
        assertThat(back(session, person(mia.value(), true)).getResponse().getRedirectedUrl())
                .isEqualTo("/sign-in/code");
        MvcTestResult answer = visit.submit(
                post("/sign-in/code").param("code", codes.getFirst()).session(session));
        MockHttpSession now = (MockHttpSession) answer.getRequest().getSession(false);
        assertThat(personIn(now).tenant()).isEqualTo(visit.globex);
        assertThat(visit.goesOn(now)).isTrue();
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
}
