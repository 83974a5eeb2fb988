package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.AuditChanges.Change;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.uikit.MessageBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class AuditLogTest {

    private static final String PASSWORD = "three calm words";
    private static final PageRequest FIRST = PageRequest.ofSize(50);

    @Autowired
    AuditLog log;

    @Autowired
    AuditTrail trail;

    @Autowired
    Staff staff;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Businesses businesses;

    @Autowired
    TestTenants tenants;

    @Autowired
    TransactionTemplate transaction;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void whatIsDoneAboutPeopleIsWrittenDownWithBeforeAndAfterAndSeenByThisBusinessAlone() {
        EmailAddress email = freshEmail();
        TestTenants.asOwner(acme, () -> {
            long mia = accounts.ensureAccount(email, "Mia", PASSWORD);
            accounts.addMember(acme, mia, Role.MARKETER);
            staff.changeRole(mia, Role.ANALYST);
            staff.changeRole(mia, Role.ANALYST);
            staff.remove(mia);
        });
        List<AuditEntry> entries = entries(acme, AuditQuery.all());
        assertThat(entries)
                .extracting(AuditEntry::deed)
                .containsExactly(StaffDeed.PERSON_REMOVED.key(), StaffDeed.ROLE_CHANGED.key());
        assertThat(entries.get(1).changes()).containsExactly(new Change("accounts.role", "MARKETER", "ANALYST"));
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.actorName()).isEqualTo("OWNER");
            assertThat(entry.actorId()).isEqualTo(1);
            assertThat(entry.subjectName()).isEqualTo(email.value());
        });
        assertThat(entries(globex, AuditQuery.all())).isEmpty();
    }

    @Test
    void changedSettingsNameEachFieldAndUnchangedOnesNothing() {
        TestTenants.asOwner(acme, () -> {
            Business before = businesses.current();
            businesses.update(before);
            businesses.update(new Business(
                    before.id(),
                    "Acme Coffee",
                    before.country(),
                    before.locale(),
                    ZoneId.of("Europe/Warsaw"),
                    before.currency(),
                    null,
                    null,
                    null,
                    null,
                    null));
        });
        assertThat(entries(acme, AuditQuery.all()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.changes())
                        .containsExactly(
                                new Change("accounts.name", "Acme", "Acme Coffee"),
                                new Change("accounts.zone", "Europe/Prague", "Europe/Warsaw")));
    }

    @Test
    void anEntryIsThereIfAndOnlyIfTheDeedIs() {
        TestTenants.asOwner(
                acme,
                () -> transaction.executeWithoutResult(status -> {
                    log.record(StaffDeed.SETTINGS_CHANGED, null, "undone");
                    status.setRollbackOnly();
                }));
        TestTenants.asOwner(
                acme,
                () -> assertThatExceptionOfType(IllegalTransactionStateException.class)
                        .isThrownBy(() -> log.record(StaffDeed.SETTINGS_CHANGED, null, "outside")));
        assertThat(entries(acme, AuditQuery.all())).isEmpty();
    }

    @Test
    void aNewPasswordIsKnownToEachBusinessOfThatPerson() {
        EmailAddress email = freshEmail();
        long account = accounts.ensureAccount(email, "Mia", PASSWORD);
        accounts.addMember(acme, account, Role.OWNER);
        accounts.addMember(globex, account, Role.SUPPORT);
        TestTenants.as(accounts.loadUserByUsername(email.value()), () -> {
            accounts.changePassword(PASSWORD, "four other calm words");
            return true;
        });
        for (TenantId each : List.of(acme, globex)) {
            assertThat(entries(each, AuditQuery.all())).singleElement().satisfies(entry -> {
                assertThat(entry.deed()).isEqualTo(StaffDeed.PASSWORD_CHANGED.key());
                assertThat(entry.actorName()).isEqualTo("Mia");
                assertThat(entry.changes()).isEmpty();
            });
        }
    }

    @Test
    void filtersByPartPersonNameAndDay() {
        TestTenants.asOwner(
                acme,
                () -> transaction.executeWithoutResult(status -> {
                    log.record(StaffDeed.SETTINGS_CHANGED, null, "Café 100 %");
                    log.record(StaffDeed.PERSON_INVITED, 7, "mia@example.com");
                }));
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Prague"));
        assertThat(entries(acme, new AuditQuery("accounts", 1L, "cafe 100 %", today, today)))
                .hasSize(1);
        assertThat(entries(acme, new AuditQuery(null, null, "100_%", null, null)))
                .isEmpty();
        assertThat(entries(acme, new AuditQuery("campaigns", null, null, null, null)))
                .isEmpty();
        assertThat(entries(acme, new AuditQuery(null, 2L, null, null, null))).isEmpty();
        assertThat(entries(acme, new AuditQuery(null, null, null, today.plusDays(1), null)))
                .isEmpty();
        assertThat(entries(acme, new AuditQuery(null, null, null, null, today.minusDays(1))))
                .isEmpty();
        assertThat(entries(acme, new AuditQuery(null, null, null, today, null))).hasSize(2);
    }

    @Test
    void onlyWhoMayReadsIt() {
        for (Role role : List.of(Role.MARKETER, Role.ANALYST, Role.SUPPORT)) {
            TestTenants.as(
                    acme,
                    role,
                    () -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(() -> trail.page(AuditQuery.all(), FIRST)));
        }
        TestTenants.as(
                acme,
                Role.ADMIN,
                () -> assertThat(trail.page(AuditQuery.all(), FIRST)).isEmpty());
    }

    @Test
    void longValuesAreCutWithoutBreakingACharacter() {
        AuditChanges changes = AuditChanges.none().and("accounts.name", "🌿".repeat(600), null);
        String before = changes.list().getFirst().before();
        assertThat(before).hasSizeLessThanOrEqualTo(1000).endsWith("🌿…");
    }

    /** Nothing but inserts: whoever wants to change that has to change this test, and say why. */
    @Test
    void nothingInTheProductChangesOrDeletesAnEntry() throws IOException {
        Pattern forbidden = Pattern.compile(
                "(UPDATE|DELETE\\s+FROM|REPLACE\\s+INTO|TRUNCATE(\\s+TABLE)?)\\s+audit_entry",
                Pattern.CASE_INSENSITIVE);
        List<Path> files;
        try (Stream<Path> tree = Files.walk(Path.of("src/main"))) {
            files = tree.filter(file -> file.toString().matches(".*\\.(java|sql)"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(500);
        for (Path file : files) {
            assertThat(forbidden.matcher(Files.readString(file)).find())
                    .as(file.toString())
                    .isFalse();
        }
    }

    @Test
    void everyDeedHasItsWordsAndFitsItsColumn() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(Deed.class));
        List<String> keys = new ArrayList<>();
        for (var candidate : scanner.findCandidateComponents("io.perennial")) {
            Object[] deeds = Class.forName(candidate.getBeanClassName()).getEnumConstants();
            for (Object deed : deeds) {
                keys.add(((Deed) deed).key());
            }
        }
        assertThat(keys).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        assertThat(keys).allSatisfy(key -> {
            assertThat(key).hasSizeLessThanOrEqualTo(60);
            assertThat(MessageBundles.text(key, Locale.ENGLISH, "X")).isNotBlank();
        });
    }

    private List<AuditEntry> entries(TenantId tenant, AuditQuery query) {
        return TestTenants.asOwner(tenant, () -> trail.page(query, FIRST));
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("a" + TimeOrderedIds.next() + "@test.example");
    }
}
