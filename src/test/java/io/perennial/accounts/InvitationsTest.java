package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.crypto.password.PasswordEncoder;

@IntegrationTest
class InvitationsTest {

    private static final String PASSWORD = "three calm words";
    private static final StaffRole MARKETER = StaffRole.of(Role.MARKETER);

    @Autowired
    Invitations invitations;

    @Autowired
    InvitationAnswers answers;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Staff staff;

    @Autowired
    AuditTrail trail;

    @Autowired
    PasswordEncoder encoder;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;
    EmailAddress mia;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        mia = new EmailAddress("mia" + TimeOrderedIds.next() + "@staff.example");
    }

    @Test
    void aNewPersonComesInByTheMailWithANameAndAPasswordOfTheirOwn() {
        String link = invite(acme, mia, MARKETER);
        assertThat(answers.find(link)).hasValueSatisfying(offer -> {
            assertThat(offer.business()).isEqualTo("Acme");
            assertThat(offer.email()).isEqualTo(mia);
            assertThat(offer.known()).isFalse();
        });
        assertThat(accounts.find(mia)).as("looking at it changes nothing").isEmpty();
        refused(Rule.WEAK_PASSWORD, () -> answers.accept(link, "Mia", "short"));
        refused(Rule.PERSON_NAME, () -> answers.accept(link, "  ", PASSWORD));
        assertThat(accounts.find(mia)).isEmpty();
        answers.accept(link, " Mia ", PASSWORD);
        StaffPrincipal signedIn = accounts.loadUserByUsername(mia.value());
        assertThat(signedIn.displayName()).isEqualTo("Mia");
        assertThat(signedIn.memberships()).extracting(Membership::tenant).containsExactly(acme);
        assertThat(signedIn.current().role()).isEqualTo(Role.MARKETER);
        refused(Rule.INVITATION_OVER, () -> answers.accept(link, "Mia", PASSWORD));
        assertThat(answers.find(link)).isEmpty();
        assertThat(openIn(acme)).isEmpty();
        assertThat(deeds(acme)).containsExactly("accounts.deed.invitation_accepted", "accounts.deed.person_invited");
        assertThat(deeds(globex)).isEmpty();
    }

    @Test
    void whoWorksElsewhereJoinsWithWhatTheyHave() {
        accounts.addMember(globex, accounts.ensureAccount(mia, "Mia", PASSWORD), Role.ANALYST);
        String hash = accounts.loadUserByUsername(mia.value()).getPassword();
        String link = invite(acme, mia, MARKETER);
        assertThat(answers.find(link)).map(InvitationOffer::known).contains(true);
        refused(Rule.INVITATION_OVER, () -> answers.accept(link, "Other", "another password"));
        answers.join(link);
        StaffPrincipal signedIn = accounts.loadUserByUsername(mia.value());
        assertThat(signedIn.memberships()).extracting(Membership::role).containsExactly(Role.MARKETER, Role.ANALYST);
        assertThat(signedIn.getPassword()).isEqualTo(hash);
        assertThat(signedIn.displayName()).isEqualTo("Mia");
    }

    @Test
    void onlyTheHashOfTheLinkIsStored() {
        String link = invite(acme, mia, MARKETER);
        String stored = jdbc.queryForObject(
                "SELECT CONCAT_WS(' ', HEX(token_hash), email, role) FROM invitation WHERE tenant_id = ?",
                String.class,
                acme.value());
        InvitationToken token = InvitationToken.parse(link).orElseThrow();
        assertThat(stored)
                .doesNotContain(link)
                .doesNotContainIgnoringCase(java.util.HexFormat.of().formatHex(token.secret()));
        assertThat(token.toString()).doesNotContain(link);
    }

    @Test
    void aLinkThatIsWrongWithdrawnExpiredOrReplacedLeadsNowhere() {
        String link = invite(acme, mia, MARKETER);
        InvitationToken token = InvitationToken.parse(link).orElseThrow();
        for (String wrong : List.of(
                "",
                "x",
                "0".repeat(54),
                link.substring(0, 53) + (link.endsWith("A") ? "B" : "A"),
                new InvitationToken(globex, token.id(), token.secret()).text(),
                InvitationToken.fresh(acme, token.id()).text())) {
            assertThat(answers.find(wrong)).as(wrong).isEmpty();
            refused(Rule.INVITATION_OVER, () -> answers.accept(wrong, "Mia", PASSWORD));
        }
        jdbc.update(
                "UPDATE invitation SET mailed_at = mailed_at - INTERVAL 2 MINUTE WHERE tenant_id = ?", acme.value());
        TestTenants.asOwner(acme, () -> invitations.resend(token.id()));
        assertThat(answers.find(link)).as("replaced by the newer mail").isEmpty();
        String second = linkOf(mia, 2);
        assertThat(answers.find(second)).isPresent();
        jdbc.update(
                "UPDATE invitation SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE tenant_id = ?",
                acme.value());
        assertThat(answers.find(second)).as("expired").isEmpty();
        refused(Rule.INVITATION_OVER, () -> answers.accept(second, "Mia", PASSWORD));
        assertThat(openIn(acme))
                .as("still listed, so that it can be sent again")
                .hasSize(1);
        TestTenants.asOwner(acme, () -> invitations.withdraw(token.id()));
        assertThat(openIn(acme)).isEmpty();
        assertThat(accounts.find(mia)).isEmpty();
    }

    @Test
    void theLinkHoldsForSevenDaysAndIsNotMailedTwiceInAMinute() {
        invite(acme, mia, MARKETER);
        Invitation open = openIn(acme).getFirst();
        assertThat(Duration.between(Instant.now(), open.expiresAt()))
                .isBetween(Duration.ofDays(7).minusMinutes(1), Duration.ofDays(7));
        TestTenants.asOwner(acme, () -> {
            refused(Rule.JUST_MAILED, () -> invitations.resend(open.id()));
            refused(Rule.JUST_MAILED, () -> invitations.invite(mia, MARKETER));
        });
        assertThat(TestMail.receivedBy(mia.value())).hasSize(1);
    }

    @Test
    void invitationsOfAnotherBusinessCannotBeTouched() {
        invite(globex, mia, MARKETER);
        long foreign = openIn(globex).getFirst().id();
        assertThat(openIn(acme)).isEmpty();
        TestTenants.asOwner(acme, () -> {
            refused(Rule.INVITATION_OVER, () -> invitations.resend(foreign));
            refused(Rule.INVITATION_OVER, () -> invitations.withdraw(foreign));
        });
        assertThat(openIn(globex)).hasSize(1);
    }

    @Test
    void nobodyInvitesToMoreThanTheyMayThemselves() {
        TestTenants.as(
                acme,
                Role.ADMIN,
                () -> refused(Rule.OWNERS_ONLY, () -> invitations.invite(mia, StaffRole.of(Role.OWNER))));
        for (Role role : List.of(Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(
                    acme,
                    role,
                    () -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(() -> invitations.invite(mia, MARKETER)));
        }
        invite(acme, mia, StaffRole.of(Role.OWNER));
        long id = openIn(acme).getFirst().id();
        TestTenants.as(acme, Role.ADMIN, () -> refused(Rule.OWNERS_ONLY, () -> invitations.withdraw(id)));
    }

    @Test
    void whoWorksHereIsNotInvitedAgain() {
        accounts.addMember(acme, accounts.ensureAccount(mia, "Mia", PASSWORD), Role.SUPPORT);
        TestTenants.asOwner(acme, () -> refused(Rule.ALREADY_MEMBER, () -> invitations.invite(mia, MARKETER)));
    }

    @Test
    void ofManyWhoUseTheSameLinkAtOnceOneComesIn() throws Exception {
        String link = invite(acme, mia, MARKETER);
        CyclicBarrier start = new CyclicBarrier(4);
        try (var threads = Executors.newFixedThreadPool(4)) {
            long accepted = threads
                    .invokeAll(IntStream.range(0, 4)
                            .<Callable<Boolean>>mapToObj(i -> () -> {
                                start.await();
                                try {
                                    answers.accept(link, "Mia " + i, PASSWORD);
                                    return true;
                                } catch (StaffRuleException over) {
                                    return false;
                                }
                            })
                            .toList())
                    .stream()
                    .filter(each -> {
                        try {
                            return each.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .count();
            assertThat(accepted).isEqualTo(1);
        }
        assertThat(TestTenants.asOwner(acme, () -> staff.members())).hasSize(1);
    }

    @Test
    void whoAcceptsInvitationsOfTwoBusinessesAtOnceHasOneAccountWithOnePasswordAndJoinsTheOtherWithIt()
            throws Exception {
        List<String> links = List.of(invite(acme, mia, MARKETER), inviteAgain(globex, mia));
        CyclicBarrier start = new CyclicBarrier(2);
        List<String> passwords = List.of("three calm words", "four other calm words");
        List<Boolean> accepted = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (Future<Boolean> each : threads.invokeAll(IntStream.range(0, 2)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        start.await();
                        try {
                            answers.accept(links.get(i), "Mia", passwords.get(i));
                            return true;
                        } catch (StaffRuleException over) {
                            assertThat(over.rule()).isEqualTo(Rule.INVITATION_OVER);
                            return false;
                        }
                    })
                    .toList())) {
                accepted.add(each.get());
            }
        }
        assertThat(accepted).containsExactlyInAnyOrder(true, false);
        int first = accepted.indexOf(true);
        StaffPrincipal person = accounts.loadUserByUsername(mia.value());
        assertThat(encoder.matches(passwords.get(first), person.getPassword())).isTrue();
        assertThat(person.memberships()).hasSize(1);
        answers.join(links.get(1 - first));
        assertThat(accounts.loadUserByUsername(mia.value()).memberships())
                .extracting(Membership::tenant)
                .containsExactlyInAnyOrder(acme, globex);
    }

    @Test
    void theLastTwoOwnersWhoDemoteThemselvesAtOnceLeaveOne() throws Exception {
        TestTenants.asOwner(globex, () -> assertThat(staff.members()).isEmpty());
        List<StaffPrincipal> owners = List.of(owner(acme), owner(acme));
        CyclicBarrier start = new CyclicBarrier(4);
        try (var threads = Executors.newFixedThreadPool(4)) {
            // Each in two tabs.
            threads.invokeAll(IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        StaffPrincipal me = owners.get(i % 2);
                        start.await();
                        return TestTenants.as(me, () -> {
                            try {
                                staff.changeRole(me.accountId(), Role.ADMIN);
                                return true;
                            } catch (StaffRuleException last) {
                                return false;
                            }
                        });
                    })
                    .toList());
        }
        assertThat(TestTenants.asOwner(acme, () -> staff.members()))
                .filteredOn(member -> member.role() == Role.OWNER)
                .hasSize(1);
    }

    private StaffPrincipal owner(TenantId tenant) {
        EmailAddress email = new EmailAddress("owner" + TimeOrderedIds.next() + "@staff.example");
        accounts.addMember(tenant, accounts.ensureAccount(email, "Owner", PASSWORD), Role.OWNER);
        return accounts.loadUserByUsername(email.value());
    }

    private String inviteAgain(TenantId tenant, EmailAddress to) {
        TestTenants.asOwner(tenant, () -> invitations.invite(to, MARKETER));
        return linkOf(to, 2);
    }

    @Test
    void atMostAHundredWaitAtOnce() {
        for (int i = 0; i < Invitations.MOST; i++) {
            jdbc.update(
                    "INSERT INTO invitation (tenant_id, id, email, role, token_hash, invited_by_name, mailed_at, "
                            + "expires_at, mail_state) VALUES (?, ?, ?, 'SUPPORT', REPEAT('x', 32), 'Ada', "
                            + "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 'TAKEN')",
                    acme.value(),
                    TimeOrderedIds.next(),
                    i + "@staff.example");
        }
        TestTenants.asOwner(acme, () -> refused(Rule.TOO_MANY_INVITATIONS, () -> invitations.invite(mia, MARKETER)));
    }

    private String invite(TenantId tenant, EmailAddress to, StaffRole role) {
        TestTenants.asOwner(tenant, () -> invitations.invite(to, role));
        String link = linkOf(to, 1);
        await().untilAsserted(() ->
                assertThat(openIn(tenant)).extracting(Invitation::mailState).containsOnly(Invitation.MailState.TAKEN));
        return link;
    }

    /** Out of the mail that the mail server took. */
    private static String linkOf(EmailAddress to, int mail) {
        await().untilAsserted(() -> assertThat(TestMail.receivedBy(to.value())).hasSize(mail));
        Matcher link = Pattern.compile("/invitation/([A-Za-z0-9_-]{54})")
                .matcher(TestMail.receivedBy(to.value()).get(mail - 1).content().replace("=\r\n", ""));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private List<Invitation> openIn(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> invitations.open());
    }

    private List<String> deeds(TenantId tenant) {
        return TestTenants.asOwner(
                tenant,
                () -> trail.page(AuditQuery.all(), org.springframework.data.domain.PageRequest.ofSize(50)).stream()
                        .map(AuditEntry::deed)
                        .toList());
    }

    private static void refused(Rule rule, ThrowingCallable deed) {
        assertThatExceptionOfType(StaffRuleException.class).isThrownBy(deed).returns(rule, StaffRuleException::rule);
    }
}
