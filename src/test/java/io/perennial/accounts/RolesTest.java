package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class RolesTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    Roles roles;

    @Autowired
    Staff staff;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;
    long bo;
    EmailAddress email;

    @BeforeEach
    void somebodyInAcme() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        email = new EmailAddress("bo" + TimeOrderedIds.next() + "@test.example");
        bo = accounts.ensureAccount(email, "Bo", PASSWORD);
        accounts.addMember(acme, bo, Role.SUPPORT);
    }

    @Test
    void whoHasARoleOfTheBusinessMayDoJustWhatItSaysFromTheNextRequestOn() {
        StaffRole till = make("Till", Permission.PROMOTION_REDEEM);
        TestTenants.asOwner(acme, () -> staff.changeRole(bo, till));
        StaffPrincipal now = accounts.loadUserByUsername(email.value());
        assertThat(now.getAuthorities())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("promotion:redeem", "promotion:read");
        assertThat(now.current().staffRole().label()).isEqualTo("Till");
        TestTenants.asOwner(acme, () -> roles.change(idOf(till), "Till", "", Set.of(Permission.CUSTOMER_READ)));
        assertThat(accounts.membershipNow(now))
                .as("the running session is not what it was")
                .hasValueSatisfying(membership -> assertThat(membership).isNotEqualTo(now.current()));
        assertThat(accounts.loadUserByUsername(email.value()).getAuthorities())
                .extracting(Object::toString)
                .containsExactly("customer:read");
    }

    @Test
    void nobodyGivesWhatTheyLack() {
        StaffRole people = make("People", Permission.STAFF_MANAGE, Permission.CUSTOMER_READ);
        StaffRole sender = make("Sender", Permission.CAMPAIGN_SEND);
        TestTenants.asOwner(acme, () -> staff.changeRole(bo, people));
        long owner = accounts.ensureAccount(
                new EmailAddress("o" + TimeOrderedIds.next() + "@test.example"), "Ada", PASSWORD);
        accounts.addMember(acme, owner, Role.OWNER);
        TestTenants.as(accounts.loadUserByUsername(email.value()), () -> {
            assertThat(roles.givable()).containsExactly(people);
            refused(Rule.BEYOND_OWN, () -> roles.create("More", "", Set.of(Permission.CAMPAIGN_SEND)));
            refused(Rule.BEYOND_OWN, () -> roles.change(idOf(sender), "Sender", "", Set.of(Permission.CUSTOMER_READ)));
            refused(Rule.BEYOND_OWN, () -> roles.remove(idOf(sender)));
            refused(Rule.BEYOND_OWN, () -> staff.changeRole(bo, sender));
            refused(Rule.BEYOND_OWN, () -> staff.changeRole(bo, Role.ADMIN));
            refused(Rule.OWNERS_ONLY, () -> staff.changeRole(bo, Role.OWNER));
            refused(Rule.OWNERS_ONLY, () -> staff.remove(owner));
            refused(Rule.OWNERS_ONLY, () -> staff.changeRole(owner, people));
            // Widening the role one has is giving, too.
            refused(Rule.BEYOND_OWN, () -> roles.change(idOf(people), "People", "", EnumSet.allOf(Permission.class)));
            return true;
        });
    }

    @Test
    void aForgedRoleGivesNothing() {
        StaffRole forged = new StaffRole(Role.CUSTOM, 1L, "Boss", "", EnumSet.allOf(Permission.class));
        StaffRole nameless = new StaffRole(Role.CUSTOM, null, "Boss", "", EnumSet.allOf(Permission.class));
        StaffRole wide = new StaffRole(Role.SUPPORT, null, "", "", EnumSet.allOf(Permission.class));
        TestTenants.asOwner(acme, () -> {
            refused(Rule.UNKNOWN_ROLE, () -> staff.changeRole(bo, forged));
            refused(Rule.UNKNOWN_ROLE, () -> staff.changeRole(bo, nameless));
            staff.changeRole(bo, wide);
        });
        assertThat(accounts.loadUserByUsername(email.value()).current().staffRole())
                .isEqualTo(StaffRole.of(Role.SUPPORT));
    }

    @Test
    void rolesOfAnotherBusinessAreNeitherSeenNorGivenNorChanged() {
        StaffRole foreign = TestTenants.asOwner(globex, () -> {
            roles.create("Globex role", "", Set.of(Permission.CUSTOMER_READ));
            return roles.own().getFirst().role();
        });
        TestTenants.asOwner(acme, () -> {
            assertThat(roles.own()).isEmpty();
            assertThat(roles.givable()).doesNotContain(foreign);
            refused(Rule.UNKNOWN_ROLE, () -> staff.changeRole(bo, foreign));
            refused(Rule.UNKNOWN_ROLE, () -> roles.change(idOf(foreign), "Mine", "", Set.of(Permission.CUSTOMER_READ)));
            refused(Rule.UNKNOWN_ROLE, () -> roles.remove(idOf(foreign)));
        });
        assertThat(TestTenants.asOwner(globex, () -> roles.own()))
                .extracting(own -> own.role().name())
                .containsExactly("Globex role");
    }

    @Test
    void aRoleThatSomebodyHasStaysAndBadOnesAreRefused() {
        StaffRole till = make("Till", Permission.PROMOTION_REDEEM);
        TestTenants.asOwner(acme, () -> {
            staff.changeRole(bo, till);
            refused(Rule.ROLE_IN_USE, () -> roles.remove(idOf(till)));
            refused(Rule.ROLE_NAME_TAKEN, () -> roles.create("till", "", Set.of(Permission.CUSTOMER_READ)));
            refused(Rule.ROLE_NAME, () -> roles.create("  ", "", Set.of(Permission.CUSTOMER_READ)));
            refused(Rule.ROLE_NAME, () -> roles.create("x".repeat(61), "", Set.of(Permission.CUSTOMER_READ)));
            refused(Rule.ROLE_EMPTY, () -> roles.create("Nothing", "", Set.of()));
            staff.changeRole(bo, Role.SUPPORT);
            roles.remove(idOf(till));
            assertThat(roles.own()).isEmpty();
        });
    }

    @Test
    void onlyWhoManagesPeopleManagesRoles() {
        for (Role role : List.of(Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(
                    acme,
                    role,
                    () -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(() -> roles.create("Mine", "", Set.of(Permission.CUSTOMER_READ))));
        }
    }

    @Test
    void whatAThingNeedsComesWithIt() {
        assertThat(Permission.withNeeded(Set.of(Permission.CAMPAIGN_SEND)))
                .contains(Permission.CAMPAIGN_READ, Permission.SEGMENT_READ, Permission.CONTENT_READ)
                .doesNotContain(Permission.CAMPAIGN_WRITE);
        for (Role role : Role.builtIn()) {
            assertThat(role.permissions()).as(role.name()).isEqualTo(Permission.withNeeded(role.permissions()));
        }
    }

    private StaffRole make(String name, Permission... permissions) {
        return TestTenants.asOwner(acme, () -> {
            long id = roles.create(name, "", Set.of(permissions));
            return roles.own().stream()
                    .map(Roles.OwnRole::role)
                    .filter(role -> Long.valueOf(id).equals(role.id()))
                    .findFirst()
                    .orElseThrow();
        });
    }

    private static long idOf(StaffRole role) {
        return java.util.Objects.requireNonNull(role.id());
    }

    private static void refused(Rule rule, ThrowingCallable deed) {
        assertThatExceptionOfType(StaffRuleException.class).isThrownBy(deed).returns(rule, StaffRuleException::rule);
    }
}
