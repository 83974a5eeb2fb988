package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.OperatorBusinesses.Listed;
import io.perennial.accounts.OperatorBusinesses.Query;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class OperatorBusinessesTest {

    @Autowired
    OperatorBusinesses operated;

    @Autowired
    BusinessStandings standings;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    AuditTrail trail;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;
    StaffPrincipal operator;
    EmailAddress ownerOfAcme;
    String mark;

    @BeforeEach
    void anOperatorAndTwoBusinessesOfOthers() {
        mark = "Mark" + TimeOrderedIds.next();
        acme = tenants.fresh(mark + " Acme");
        globex = tenants.fresh(mark + " Globex");
        TenantId home = tenants.fresh("Home");
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@test.example");
        long account = accounts.ensureAccount(email, "Olga", "three calm words");
        accounts.addMember(home, account, Role.SUPPORT);
        accounts.makeOperator(account);
        operator = accounts.loadUserByUsername(email.value());
        ownerOfAcme = new EmailAddress("ow" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(acme, accounts.ensureAccount(ownerOfAcme, "Ada", "three calm words"), Role.OWNER);
    }

    @Test
    void theOperatorFindsBusinessesByNameAPageAtATime() {
        TestTenants.as(operator, () -> {
            Query query = new Query(mark, false);
            assertThat(operated.count(query)).isEqualTo(2);
            assertThat(operated.page(query, 0, 1)).extracting(Listed::tenant).containsExactly(acme);
            assertThat(operated.page(query, 1, 1)).extracting(Listed::tenant).containsExactly(globex);
            assertThat(operated.page(query, 0, 50).getFirst().people()).isEqualTo(1);
            assertThat(operated.count(new Query("100% " + mark, false))).isZero();
            return true;
        });
    }

    @Test
    void aSuspendedBusinessOnlyLooksUntilItIsLetWorkAgainAndItsOwnersSeeWhoAndWhy() {
        StaffPrincipal before = accounts.loadUserByUsername(ownerOfAcme.value());
        TestTenants.as(operator, () -> {
            assertThatExceptionOfType(StaffRuleException.class)
                    .isThrownBy(() -> operated.suspend(acme, "  "))
                    .returns(Rule.REASON_MISSING, StaffRuleException::rule);
            operated.suspend(acme, "The invoice of May is open.");
            assertThat(operated.page(new Query(mark, true), 0, 10))
                    .extracting(Listed::tenant)
                    .containsExactly(acme);
            return true;
        });
        assertThat(standings.isAtWork(acme)).isFalse();
        assertThat(standings.isAtWork(globex)).isTrue();
        assertThat(accounts.membershipNow(before))
                .as("running sessions notice at their next request")
                .hasValueSatisfying(now -> assertThat(now.atWork()).isFalse());
        StaffPrincipal after = accounts.loadUserByUsername(ownerOfAcme.value());
        assertThat(after.getAuthorities())
                .extracting(Object::toString)
                .contains("customer:read", "customer:export", "audit:read")
                .doesNotContain("customer:write", "campaign:send", "settings:write", "staff:manage");
        TestTenants.as(after, () -> {
            assertThat(standings.current().suspendedReason()).isEqualTo("The invoice of May is open.");
            AuditEntry entry =
                    trail.page(AuditQuery.all(), PageRequest.ofSize(1)).getFirst();
            assertThat(entry.deed()).isEqualTo("accounts.deed.suspended");
            assertThat(entry.actorName()).isEqualTo("Olga");
            return true;
        });
        TestTenants.as(operator, () -> {
            operated.resume(acme);
            return true;
        });
        assertThat(accounts.loadUserByUsername(ownerOfAcme.value()).getAuthorities())
                .extracting(Object::toString)
                .contains("customer:write", "campaign:send");
    }

    @Test
    void noRoleOfABusinessLooksAtBusinessesFromOutsideOrStopsThem() {
        for (Role role : Role.builtIn()) {
            TestTenants.as(globex, role, () -> {
                for (Runnable deed : List.<Runnable>of(
                        () -> operated.page(new Query("", false), 0, 10),
                        () -> operated.count(new Query("", false)),
                        () -> operated.removed(),
                        () -> operated.suspend(acme, "Because"),
                        () -> operated.resume(acme))) {
                    assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(deed::run);
                }
            });
        }
        assertThat(standings.isAtWork(acme)).isTrue();
    }
}
