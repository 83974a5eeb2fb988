package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.isolation.BusyShop;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class BusinessRemovalTest {

    private static final String PASSWORD = "three calm words";

    @Autowired
    BusinessStandings standings;

    @Autowired
    BusinessRemoval removal;

    @Autowired
    Businesses businesses;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Roles roles;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ApplicationContext application;

    private BusyShop shops;
    private TenantId acme;
    private TenantId globex;
    private EmailAddress onlyAcme;
    private EmailAddress both;

    @BeforeEach
    void twoBusinessesWithRowsInMostTables() {
        shops = new BusyShop(application);
        acme = shops.open("removeacme", "removesecret");
        globex = shops.open("stayglobex", "staysecret");
        onlyAcme = new EmailAddress("only" + TimeOrderedIds.next() + "@test.example");
        both = new EmailAddress("both" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(acme, accounts.ensureAccount(onlyAcme, "Ada", PASSWORD), Role.OWNER);
        long shared = accounts.ensureAccount(both, "Bo", PASSWORD);
        accounts.addMember(globex, shared, Role.OWNER);
        StaffRole till = TestTenants.asOwner(acme, () -> {
            roles.create("Till", "", java.util.Set.of(Permission.PROMOTION_REDEEM));
            return roles.own().getFirst().role();
        });
        accounts.addMember(acme, shared, till);
    }

    @Test
    void afterTheDaysOfGraceNoRowOfItIsLeftInAnyTableAndTheOthersAreAsTheyWere() {
        String name = businesses.require(acme).name();
        TestTenants.asOwner(acme, () -> standings.askDeletion(name));
        removal.removeDue();
        assertThat(rows(acme)).as("not before its time").hasSizeGreaterThan(10);
        Map<String, String> others = shops.checksums(globex);
        Map<String, Long> before = rows(acme);
        jdbc.update("UPDATE business SET delete_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = ?", acme.value());
        removal.removeDue();
        assertThat(rows(acme)).as("rows left, by table").isEmpty();
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM business WHERE id = ?", Integer.class, acme.value()))
                .isZero();
        assertThat(shops.checksums(globex)).isEqualTo(others);
        assertThat(accounts.find(onlyAcme)).as("who worked nowhere else").isEmpty();
        assertThat(accounts.loadUserByUsername(both.value()).memberships())
                .extracting(Membership::tenant)
                .containsExactly(globex);
        long proof = jdbc.queryForObject(
                "SELECT row_count FROM business_removed WHERE business_id = ? AND people >= 1",
                Long.class,
                acme.value());
        assertThat(proof)
                .isGreaterThanOrEqualTo(
                        before.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void anOwnerTakesTheDeletionBackAndEverythingIsAsItWas() {
        Map<String, String> before = shops.checksums(acme);
        String name = businesses.require(acme).name();
        TestTenants.asOwner(acme, () -> {
            refused(Rule.ANOTHER_NAME, () -> standings.askDeletion("removeacm"));
            standings.askDeletion(" " + name + " ");
            refused(Rule.DELETION_ASKED, () -> standings.askDeletion(name));
        });
        assertThat(standings.isAtWork(acme)).isFalse();
        assertThat(businesses.atWork()).doesNotContain(acme).contains(globex);
        assertThat(accounts.loadUserByUsername(onlyAcme.value()).getAuthorities())
                .extracting(Object::toString)
                .contains("customer:read", "customer:export", "business:own")
                .doesNotContain("customer:write", "campaign:send", "staff:manage", "settings:write");
        TestTenants.asOwner(acme, () -> standings.restore());
        assertThat(standings.isAtWork(acme)).isTrue();
        TestTenants.asOwner(acme, () -> refused(Rule.TOO_LATE, () -> standings.restore()));
        Map<String, String> after = shops.checksums(acme);
        assertThat(after.remove("audit_entry")).isNotEqualTo(before.remove("audit_entry"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void onlyAnOwnerDecides() {
        String name = businesses.require(acme).name();
        for (Role role : List.of(Role.ADMIN, Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(acme, role, () -> {
                denied(() -> standings.askDeletion(name));
                denied(() -> standings.restore());
            });
        }
        assertThat(standings.isAtWork(acme)).isTrue();
    }

    /** As the database's catalogue lists the tables, so that a new one cannot be forgotten. */
    private Map<String, Long> rows(TenantId tenant) {
        return jdbc
                .queryForList(
                        "SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t "
                                + "ON t.table_schema = c.table_schema AND t.table_name = c.table_name "
                                + "AND t.table_type = 'BASE TABLE' "
                                + "WHERE c.table_schema = DATABASE() AND c.column_name = 'tenant_id'",
                        String.class)
                .stream()
                .collect(Collectors.toMap(
                        table -> table,
                        table -> java.util.Objects.requireNonNull(jdbc.queryForObject(
                                "SELECT COUNT(*) FROM `" + table + "` WHERE tenant_id = ?",
                                Long.class,
                                tenant.value()))))
                .entrySet()
                .stream()
                .filter(each -> each.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void refused(Rule rule, ThrowingCallable deed) {
        assertThatExceptionOfType(StaffRuleException.class).isThrownBy(deed).returns(rule, StaffRuleException::rule);
    }

    private static void denied(ThrowingCallable deed) {
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(deed);
    }
}
