package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.perennial.accounts.AddressChanges;
import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.OwnProfile;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/** A person's own: another address to sign in with, over HTTP and SMTP, and how they read. */
@IntegrationTest
class NewAddressTest {

    private static final String PASSWORD = "three calm words";
    private static final Pattern LINK = Pattern.compile("sign-in/new-address/([\\w-]{43})");

    @Autowired
    WebApplicationContext application;

    @Autowired
    AddressChanges changes;

    @Autowired
    OwnProfile profile;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    AuditTrail audit;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    MockMvcTester browser;
    TenantId acme;
    TenantId globex;
    StaffPrincipal mia;
    StaffPrincipal grace;
    EmailAddress fresh;

    @BeforeEach
    void miaOfAcmeAndGraceOfGlobex() {
        browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        mia = person(acme, "Mia");
        grace = person(globex, "Grace");
        fresh = freshEmail();
    }

    @Test
    void theNewAddressIsConfirmedThereAndTheOldOneIsTold() {
        ask(mia, fresh);
        String token = token(mailTo(fresh));
        assertThat(mailTo(new EmailAddress(mia.getUsername()))).contains("about to change");
        assertThat(get(token)).isEqualTo(200);
        assertThat(accounts.loadUserByUsername(mia.getUsername()))
                .as("opening changes nothing")
                .isNotNull();

        assertThat(take(token)).isEqualTo(302);
        assertThat(accounts.loadUserByUsername(fresh.value()).accountId()).isEqualTo(mia.accountId());
        assertThatExceptionOfType(UsernameNotFoundException.class)
                .isThrownBy(() -> accounts.loadUserByUsername(mia.getUsername()));
        assertThat(accounts.membershipNow(mia)).as("a session from before").isEmpty();
        assertThat(accounts.membershipNow(grace)).isPresent();
        assertThat(take(token)).as("once only").isEqualTo(410);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> TestMail.receivedBy(mia.getUsername()).size() == 2);
        assertThat(deeds(acme)).contains("accounts.deed.address_changed");
        assertThat(deeds(globex)).doesNotContain("accounts.deed.address_changed");
    }

    @Test
    void anAddressWithAnAccountIsNotTakenAndNobodyHereLearnsIt() {
        ask(mia, new EmailAddress(grace.getUsername()));
        assertThat(mailTo(new EmailAddress(grace.getUsername())))
                .contains("has an account already")
                .doesNotContain("new-address");
        assertThat(accounts.loadUserByUsername(mia.getUsername())).isNotNull();
    }

    /** The mail to the old address leads to a new password for who did not ask. */
    @Test
    void aNewPasswordEndsWhatSomebodyElseHasAskedForMeanwhile() {
        ask(mia, fresh);
        EmailAddress other = freshEmail();
        ask(grace, other);
        String wanted = token(mailTo(fresh));
        accounts.replacePassword(mia.accountId(), "four other calm words");
        assertThat(get(wanted)).isEqualTo(410);
        assertThat(take(wanted)).isEqualTo(410);
        assertThat(accounts.loadUserByUsername(mia.getUsername()).accountId()).isEqualTo(mia.accountId());
        assertThat(take(token(mailTo(other)))).as("another person's").isEqualTo(302);
    }

    @Test
    void whoTookTheAddressMeanwhileKeepsIt() {
        ask(mia, fresh);
        String token = token(mailTo(fresh));
        accounts.addMember(globex, accounts.ensureAccount(fresh, "Newcomer", PASSWORD), Role.SUPPORT);
        assertThat(take(token)).isEqualTo(410);
        assertThat(accounts.loadUserByUsername(mia.getUsername()).accountId()).isEqualTo(mia.accountId());
    }

    @Test
    void aLinkHoldsTwoHoursAndANewerOneReplacesIt() {
        ask(mia, fresh);
        String first = token(mailTo(fresh));
        assertThatExceptionOfType(StaffRuleException.class).isThrownBy(() -> ask(mia, freshEmail()));
        jdbc.sql("UPDATE address_change SET created_at = created_at - INTERVAL 2 MINUTE WHERE account_id = ?")
                .param(mia.accountId())
                .update();
        EmailAddress other = freshEmail();
        ask(mia, other);
        assertThat(take(first)).isEqualTo(410);
        String second = token(mailTo(other));
        jdbc.sql("UPDATE address_change SET created_at = created_at - INTERVAL ? SECOND WHERE account_id = ?")
                .params(AddressChanges.HOLDS.toSeconds(), mia.accountId())
                .update();
        assertThat(get(second)).isEqualTo(410);
        assertThat(take(second)).isEqualTo(410);
        assertThat(accounts.loadUserByUsername(mia.getUsername())).isNotNull();
    }

    @Test
    void howSomebodyReadsIsTheirsAlone() {
        TestTenants.as(mia, () -> {
            assertThat(profile.reading()).isEqualTo(new OwnProfile.Reading(null, null));
            profile.save(new OwnProfile.Reading(Locale.of("cs", "CZ"), ZoneId.of("Asia/Ho_Chi_Minh")));
            return profile.reading();
        });
        assertThat(TestTenants.as(mia, () -> profile.reading()))
                .isEqualTo(new OwnProfile.Reading(Locale.of("cs", "CZ"), ZoneId.of("Asia/Ho_Chi_Minh")));
        assertThat(TestTenants.as(grace, () -> profile.reading())).isEqualTo(new OwnProfile.Reading(null, null));
    }

    private StaffPrincipal person(TenantId tenant, String name) {
        EmailAddress email = freshEmail();
        accounts.addMember(tenant, accounts.ensureAccount(email, name, PASSWORD), Role.OWNER);
        return accounts.loadUserByUsername(email.value());
    }

    private void ask(StaffPrincipal who, EmailAddress wanted) {
        TestTenants.as(who, () -> {
            changes.ask(wanted);
            return true;
        });
    }

    private int get(String token) {
        return browser.perform(MockMvcRequestBuilders.get("/sign-in/new-address/" + token))
                .getResponse()
                .getStatus();
    }

    private int take(String token) {
        return browser.perform(MockMvcRequestBuilders.post("/sign-in/new-address/" + token)
                        .with(csrf()))
                .getResponse()
                .getStatus();
    }

    private static String mailTo(EmailAddress email) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !TestMail.receivedBy(email.value()).isEmpty());
        ScriptedSmtp.Received mail = TestMail.receivedBy(email.value()).getFirst();
        return mail.content().replace("=\r\n", "");
    }

    private static String token(String mail) {
        Matcher link = LINK.matcher(mail);
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private List<String> deeds(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> audit.page(AuditQuery.all(), PageRequest.of(0, 20))).stream()
                .map(AuditEntry::deed)
                .toList();
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
