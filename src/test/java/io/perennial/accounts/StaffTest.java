package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class StaffTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    Staff staff;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;
    long owner;
    long globexOwner;

    @BeforeEach
    void twoBusinessesWithAnOwnerEach() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        owner = accounts.ensureAccount(freshEmail(), "Ada", PASSWORD);
        globexOwner = accounts.ensureAccount(freshEmail(), "Grace", PASSWORD);
        accounts.addMember(acme, owner, Role.OWNER);
        accounts.addMember(globex, globexOwner, Role.OWNER);
    }

    @Test
    void showsOnlyThePeopleOfTheBusinessBeingWorkedIn() {
        assertThat(TestTenants.asOwner(acme, () -> staff.members()))
                .extracting(StaffMember::name)
                .containsExactly("Ada");
    }

    @Test
    void aBusinessKeepsItsLastOwner() {
        TestTenants.asOwner(acme, () -> {
            refused(Rule.LAST_OWNER, () -> staff.remove(owner));
            refused(Rule.LAST_OWNER, () -> staff.changeRole(owner, Role.ADMIN));
            staff.changeRole(owner, Role.OWNER);
        });
        assertThat(TestTenants.asOwner(acme, () -> staff.members()))
                .extracting(StaffMember::role)
                .containsExactly(Role.OWNER);
    }

    @Test
    void twoOwnersWhoDemoteEachOtherAtOnceLeaveOne() throws Exception {
        long second = accounts.ensureAccount(freshEmail(), "Bo", PASSWORD);
        accounts.addMember(acme, second, Role.OWNER);
        CyclicBarrier start = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            threads.invokeAll(Stream.of(owner, second)
                    .<Callable<Boolean>>map(account -> () -> {
                        start.await();
                        TestTenants.asOwner(acme, () -> {
                            try {
                                staff.changeRole(account, Role.ADMIN);
                            } catch (StaffRuleException broken) {
                                assertThat(broken.rule()).isEqualTo(Rule.LAST_OWNER);
                            }
                        });
                        return true;
                    })
                    .toList());
        }
        assertThat(TestTenants.asOwner(acme, () -> staff.members()))
                .extracting(StaffMember::role)
                .containsExactlyInAnyOrder(Role.OWNER, Role.ADMIN);
    }

    @Test
    void anAdminNeitherMakesNorUnmakesOwners() {
        long second = accounts.ensureAccount(freshEmail(), "Bo", PASSWORD);
        accounts.addMember(acme, second, Role.OWNER);
        long marketer = accounts.ensureAccount(freshEmail(), "Cy", PASSWORD);
        accounts.addMember(acme, marketer, Role.MARKETER);
        TestTenants.as(acme, Role.ADMIN, () -> {
            refused(Rule.OWNERS_ONLY, () -> staff.changeRole(marketer, Role.OWNER));
            refused(Rule.OWNERS_ONLY, () -> staff.changeRole(second, Role.SUPPORT));
            refused(Rule.OWNERS_ONLY, () -> staff.remove(second));
            staff.changeRole(marketer, Role.ADMIN);
        });
        assertThat(TestTenants.asOwner(acme, () -> staff.members()))
                .extracting(StaffMember::role)
                .containsExactly(Role.OWNER, Role.OWNER, Role.ADMIN);
    }

    @Test
    void thoseWithoutThePermissionDoNothing() {
        for (Role role : List.of(Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(acme, role, () -> {
                denied(() -> staff.members());
                denied(() -> staff.changeRole(owner, Role.ADMIN));
                denied(() -> staff.remove(owner));
            });
        }
    }

    @Test
    void peopleOfAnotherBusinessCannotBeTouched() {
        TestTenants.asOwner(acme, () -> {
            refused(Rule.UNKNOWN_MEMBER, () -> staff.changeRole(globexOwner, Role.SUPPORT));
            refused(Rule.UNKNOWN_MEMBER, () -> staff.remove(globexOwner));
        });
        assertThat(TestTenants.asOwner(globex, () -> staff.members()))
                .extracting(StaffMember::role)
                .containsExactly(Role.OWNER);
    }

    @Test
    void aRunningSessionIsHeldAgainstTheDatabase() {
        EmailAddress email = freshEmail();
        accounts.addMember(acme, accounts.ensureAccount(email, "Mia", PASSWORD), Role.MARKETER);
        StaffPrincipal mia = accounts.loadUserByUsername(email.value());
        assertThat(accounts.membershipNow(mia)).contains(mia.current());
        TestTenants.asOwner(acme, () -> staff.changeRole(mia.accountId(), Role.SUPPORT));
        assertThat(accounts.membershipNow(mia)).map(Membership::role).contains(Role.SUPPORT);
        TestTenants.asOwner(acme, () -> staff.remove(mia.accountId()));
        assertThat(accounts.membershipNow(mia)).isEmpty();
        assertThat(accounts.reload(mia.accountId(), acme)).isEmpty();
    }

    @Test
    void switchingReadsTheMembershipsAfresh() {
        StaffPrincipal ada = accounts.reload(owner, acme).orElseThrow();
        assertThat(ada.memberships()).hasSize(1);
        assertThat(accounts.reload(owner, globex)).isEmpty();
        accounts.addMember(globex, owner, Role.ANALYST);
        StaffPrincipal there = accounts.reload(owner, globex).orElseThrow();
        assertThat(there.tenant()).isEqualTo(globex);
        assertThat(there.current().role()).isEqualTo(Role.ANALYST);
        assertThat(there.getPassword()).isNull();
    }

    private static void refused(Rule rule, ThrowingCallable deed) {
        assertThatExceptionOfType(StaffRuleException.class).isThrownBy(deed).returns(rule, StaffRuleException::rule);
    }

    private static void denied(ThrowingCallable deed) {
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(deed);
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
