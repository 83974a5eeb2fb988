package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.AgedSession;
import io.perennial.content.Templates;
import io.perennial.customers.Customers;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** An operator inside a business: with a reason, for a while, seen by its owner, and able to do little. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class OperatorVisitsTest {

    private static final String REASON = "Ticket 4711: the import of May stands";

    private static final String MAIL =
            "<mjml><mj-body><mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section></mj-body></mjml>";

    @Autowired
    OperatorVisits visits;

    @Autowired
    VisitUpkeep upkeep;

    @Autowired
    OperatorBusinesses operated;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    AuditTrail trail;

    @Autowired
    Customers customers;

    @Autowired
    Templates templates;

    @Autowired
    DataArchives archives;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    TenantId home;
    TenantId acme;
    TenantId globex;
    EmailAddress owner;
    StaffPrincipal operator;

    @BeforeEach
    void anOperatorOfTheirOwnBusinessAndTwoOthers() {
        home = tenants.fresh("Home");
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@test.example");
        long account = accounts.ensureAccount(email, "Olga", "three calm words");
        accounts.addMember(home, account, Role.OWNER);
        accounts.makeOperator(account);
        operator = accounts.loadUserByUsername(email.value());
        owner = new EmailAddress("ow" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(acme, accounts.ensureAccount(owner, "Ada", "three calm words"), Role.OWNER);
    }

    @Test
    void nobodyEntersWithoutAReasonAFreshProofOrTheOperatorsRight() {
        TestTenants.as(operator, () -> {
            for (String nothing : List.of("", "   ", "help", "x".repeat(501))) {
                assertThatExceptionOfType(StaffRuleException.class)
                        .isThrownBy(() -> visits.enter(acme, nothing, false))
                        .returns(Rule.VISIT_REASON, StaffRuleException::rule);
            }
            assertThatExceptionOfType(StaffRuleException.class)
                    .as("where one works one goes by one's role")
                    .isThrownBy(() -> visits.enter(home, REASON, false))
                    .returns(Rule.ALREADY_MEMBER, StaffRuleException::rule);
            return true;
        });
        var hoursLater = UsernamePasswordAuthenticationToken.authenticated(operator, null, operator.getAuthorities());
        hoursLater.setDetails(AgedSession.of(Duration.ofHours(2)));
        ActingAs.with(
                hoursLater,
                home,
                () -> assertThatExceptionOfType(FreshProof.Needed.class)
                        .isThrownBy(() -> visits.enter(acme, REASON, false)));
        for (Role role : Role.builtIn()) {
            TestTenants.as(
                    globex,
                    role,
                    () -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(() -> visits.enter(acme, REASON, true)));
        }
        assertThat(rows(acme)).isZero();
    }

    @Test
    void theOwnerGetsAMailAndReadsWhoCameWhyWhatTheyDidAndThatTheyLeft() {
        StaffPrincipal inside = enter(acme, true);
        TestTenants.as(inside, () -> {
            templates.save("Summer", "Summer is here", "", MAIL);
            visits.prolong();
            assertThat(visits.leave()).hasValueSatisfying(back -> {
                assertThat(back.tenant()).isEqualTo(home);
                assertThat(back.visit()).isEmpty();
                assertThat(back.getAuthorities()).extracting(Object::toString).contains(Operator.AUTHORITY);
            });
            return true;
        });
        TestTenants.as(accounts.loadUserByUsername(owner.value()), () -> {
            List<AuditEntry> seen =
                    trail.page(new AuditQuery(null, null, null, null, null, true), PageRequest.ofSize(20));
            assertThat(seen)
                    .extracting(AuditEntry::deed)
                    .containsExactly(
                            "accounts.deed.visit_ended",
                            "accounts.deed.visit_prolonged",
                            "content.deed.made",
                            "accounts.deed.visit_begun");
            assertThat(seen).extracting(AuditEntry::actorName).containsOnly("Olga");
            assertThat(seen).extracting(AuditEntry::visitReason).containsOnly(REASON);
            return true;
        });
        await().untilAsserted(() -> assertThat(TestMail.receivedBy(owner.value()))
                .singleElement()
                .satisfies(mail -> assertThat(mail.toString()).contains("Acme")));
        TestTenants.asOwner(
                globex,
                () -> assertThat(trail.page(new AuditQuery(null, null, null, null, null, true), PageRequest.ofSize(20)))
                        .isEmpty());
    }

    @Test
    void whoLooksChangesNothingAndWhoChangesTakesNothingAlongSendsNothingAndHiresNobody() {
        StaffPrincipal looking = enter(acme, false);
        assertThat(looking.tenant()).isEqualTo(acme);
        assertThat(looking.getAuthorities())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "customer:read",
                        "segment:read",
                        "content:read",
                        "campaign:read",
                        "promotion:read",
                        "insight:read",
                        "settings:read",
                        "audit:read",
                        OperatorVisit.AUTHORITY);
        TestTenants.as(looking, () -> {
            assertThat(customers.any()).isFalse();
            denied(() -> templates.save("Summer", "Summer is here", "", MAIL));
            denied(() -> operated.suspend(globex, "Not while inside another business"));
            return true;
        });
        StaffPrincipal changing = enter(acme, true);
        assertThat(changing.getAuthorities())
                .extracting(Object::toString)
                .doesNotContain(
                        "customer:export",
                        "customer:erase",
                        "customer:import",
                        "campaign:send",
                        "promotion:redeem",
                        "settings:write",
                        "staff:manage",
                        Owner.AUTHORITY,
                        Operator.AUTHORITY);
        TestTenants.as(changing, () -> {
            denied(FreshProof::require);
            denied(() -> trail.export(AuditQuery.all(), each -> {}));
            denied(() -> archives.order());
            denied(() -> visits.enter(globex, REASON, true));
            return true;
        });
    }

    @Test
    void aVisitIsOverWithItsTimeAndTheLogSaysSo() {
        StaffPrincipal inside = enter(acme, false);
        assertThat(visits.membershipNow(inside)).contains(inside.current());
        jdbc.update(
                "UPDATE operator_visit SET ends_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE tenant_id = ?",
                acme.value());
        assertThat(visits.membershipNow(inside)).isEmpty();
        assertThat(visits.home(inside)).map(StaffPrincipal::tenant).contains(home);
        TestTenants.as(inside, () -> {
            visits.prolong();
            return true;
        });
        assertThat(visits.membershipNow(inside))
                .as("what is over is not prolonged")
                .isEmpty();
        upkeep.endWhatIsOver();
        upkeep.endWhatIsOver();
        assertThat(ends(acme)).containsExactly("TIME_OVER");
        assertThat(deeds(acme)).containsExactly("accounts.deed.visit_ended", "accounts.deed.visit_begun");
    }

    @Test
    void aVisitIsProlongedButNotBeyondFourHours() {
        StaffPrincipal inside = enter(acme, false);
        jdbc.update(
                "UPDATE operator_visit SET begun_at = begun_at - INTERVAL 230 MINUTE WHERE tenant_id = ?",
                acme.value());
        TestTenants.as(inside, () -> {
            visits.prolong();
            assertThat(visits.current()).hasValueSatisfying(now -> {
                assertThat(now.endsAt()).isEqualTo(now.endsAtLatest());
                assertThat(now.canGoOn()).isFalse();
            });
            return true;
        });
    }

    @Test
    void aSuspensionAWithdrawnRightANewPasswordAndASignOutEndIt() {
        StaffPrincipal suspended = enter(acme, true);
        TestTenants.as(operator, () -> {
            operated.suspend(acme, "The invoice of May is open.");
            return true;
        });
        assertThat(visits.membershipNow(suspended)).isEmpty();
        upkeep.endWhatIsOver();
        StaffPrincipal again = enter(acme, true);
        assertThat(visits.membershipNow(again))
                .as("a suspended business can be entered, to look")
                .hasValueSatisfying(now -> assertThat(now.permissions())
                        .contains(Permission.CUSTOMER_READ)
                        .doesNotContain(Permission.CUSTOMER_WRITE));
        visits.over(again);
        assertThat(visits.membershipNow(again)).isEmpty();

        StaffPrincipal elsewhere = enter(globex, false);
        jdbc.update("UPDATE staff_account SET operator = FALSE WHERE id = ?", operator.accountId());
        assertThat(visits.membershipNow(elsewhere)).isEmpty();
        upkeep.endWhatIsOver();
        assertThat(ends(acme)).containsExactly("SUSPENDED", "SESSION_OVER");
        assertThat(ends(globex)).containsExactly("NO_OPERATOR");

        jdbc.update("UPDATE staff_account SET operator = TRUE WHERE id = ?", operator.accountId());
        StaffPrincipal third = enter(globex, false);
        jdbc.update(
                "UPDATE staff_account SET session_version = session_version + 1 WHERE id = ?", operator.accountId());
        assertThat(visits.membershipNow(third)).isEmpty();
        assertThat(visits.home(third)).as("nor does the session go on at home").isEmpty();
    }

    @Test
    void aBusinessThatAsksForASecondFactorAsksItOfOperatorsToo() {
        jdbc.update("UPDATE business SET second_factor = TRUE WHERE id = ?", acme.value());
        TestTenants.as(operator, () -> {
            assertThatExceptionOfType(StaffRuleException.class)
                    .isThrownBy(() -> visits.enter(acme, REASON, false))
                    .returns(Rule.VISIT_SECOND_FACTOR, StaffRuleException::rule);
            return true;
        });
    }

    private StaffPrincipal enter(TenantId tenant, boolean mayWrite) {
        Supplier<StaffPrincipal> entering = () -> visits.enter(tenant, "  " + REASON + " ", mayWrite);
        return TestTenants.as(operator, entering);
    }

    private static void denied(Runnable deed) {
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(deed::run);
    }

    private int rows(TenantId tenant) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM operator_visit WHERE tenant_id = ?", Integer.class, tenant.value());
    }

    private List<String> ends(TenantId tenant) {
        return jdbc.queryForList(
                "SELECT ended_why FROM operator_visit WHERE tenant_id = ? ORDER BY id", String.class, tenant.value());
    }

    private List<String> deeds(TenantId tenant) {
        return jdbc.queryForList(
                "SELECT deed FROM audit_entry WHERE tenant_id = ? ORDER BY id DESC", String.class, tenant.value());
    }
}
