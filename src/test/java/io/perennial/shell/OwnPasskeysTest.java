package io.perennial.shell;

import static io.perennial.shell.Door.body;
import static io.perennial.shell.Door.in;
import static io.perennial.shell.Door.personIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.FreshProof;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.AgedSession;
import io.perennial.accounts.signin.AuthenticatorApp;
import io.perennial.accounts.signin.Enrolment;
import io.perennial.accounts.signin.Passkey;
import io.perennial.accounts.signin.PasskeyCeremony;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Making, naming, removing and using one's own passkeys, and nobody else's. */
@IntegrationTest
class OwnPasskeysTest extends AtThePasskeyDoor {

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
}
