package io.perennial.segments;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.Role;
import io.perennial.customers.CustomerMerges;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.Customers;
import io.perennial.customers.Erasures;
import io.perennial.customers.bulk.BulkAction;
import io.perennial.customers.bulk.BulkJobs;
import io.perennial.customers.bulk.BulkState;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Member;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class SegmentListsTest {

    private static final Rule BRNO = of(Field.CITY, Operator.IS, "Brno");

    @Autowired
    SegmentLists lists;

    @Autowired
    Segments segments;

    @Autowired
    SegmentArchive archive;

    @Autowired
    Rules rules;

    @Autowired
    Membership membership;

    @Autowired
    KeptSegments kept;

    @Autowired
    Customers customers;

    @Autowired
    CustomerMerges merges;

    @Autowired
    Erasures erasures;

    @Autowired
    BulkJobs jobs;

    @Autowired
    AuditTrail trail;

    @Autowired
    TestTenants tenants;

    private TenantId acme;
    private TenantId globex;
    private CustomerId ada;
    private CustomerId bea;
    private CustomerId cid;
    private CustomerId eve;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        ada = new CustomerId(kept.customer(acme, "Ada", "Brno"));
        bea = new CustomerId(kept.customer(acme, "Bea", "Brno"));
        cid = new CustomerId(kept.customer(acme, "Cid", "Praha"));
        eve = new CustomerId(kept.customer(globex, "Eve", "Brno"));
    }

    @Test
    void whoIsPutOnAListIsItsMemberAtOnceAndWhoIsTakenOffIsNot() {
        TestTenants.asOwner(acme, () -> {
            SegmentId list = lists.create("Guests").id();
            assertThat(membership.size(list).members()).isZero();
            assertThat(lists.add(list, List.of(ada, cid, eve)))
                    .as("another business's customer is none here")
                    .isEqualTo(2);
            assertThat(lists.add(list, List.of(ada))).as("there already").isZero();
            assertThat(members(list)).containsExactlyInAnyOrder(ada, cid);
            assertThat(segments.count(list)).isEqualTo(2);
            assertThat(membership.size(list).members()).isEqualTo(2);
            assertThat(lists.remove(list, List.of(cid, bea))).isEqualTo(1);
            assertThat(members(list)).containsExactly(ada);
            assertThat(membership.moves(list, LocalDate.now(ZoneId.of("UTC")).minusDays(1), MoveFilter.ALL, 0, 10))
                    .extracting(SegmentMove::customer, SegmentMove::entered, SegmentMove::cause)
                    .containsExactlyInAnyOrder(
                            tuple(ada, true, MoveCause.LIST),
                            tuple(cid, true, MoveCause.LIST),
                            tuple(cid, false, MoveCause.LIST));
            kept.lookAfter(acme);
            assertThat(membership.size(list).members())
                    .as("the upkeep finds nothing to put right")
                    .isEqualTo(1);
            assertThat(membership
                            .history(list, LocalDate.now(ZoneId.of("UTC")).minusDays(1))
                            .getLast()
                            .entered())
                    .isEqualTo(2);
        });
    }

    @Test
    void aListSaysWhoPutSomebodyOnIt() {
        TestTenants.asOwner(acme, () -> {
            SegmentId list = lists.create("Guests").id();
            lists.add(list, List.of(ada));
            assertThat(lists.entry(list, ada)).get().satisfies(entry -> {
                assertThat(entry.by()).isNotBlank();
                assertThat(entry.at())
                        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            });
            assertThat(membership.why(list, ada).holds()).isTrue();
            assertThat(membership.why(list, ada).value()).startsWith("put on the list by ");
            assertThat(membership.why(list, bea).holds()).isFalse();
            assertThat(membership.why(list, bea).value()).isEqualTo("not on the list");
        });
    }

    @Test
    void everybodyInASegmentBecomesAListThatStaysAsItIs() {
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = segments.create("Brno", BRNO).id();
            SegmentRef list = lists.freeze(brno, "Brno");
            assertThat(list.name()).isEqualTo("Brno 2");
            assertThat(members(list.id())).containsExactlyInAnyOrder(ada, bea);
            assertThat(membership.size(list.id()).members()).isEqualTo(2);
            kept.move(ada.value(), "Praha");
            kept.lookAfter(acme);
            assertThat(members(brno)).containsExactly(bea);
            assertThat(members(list.id())).containsExactlyInAnyOrder(ada, bea);
        });
        TestTenants.asOwner(globex, () -> assertThat(lists.lists()).isEmpty());
    }

    @Test
    void rulesOfOtherSegmentsFollowAList() {
        TestTenants.asOwner(acme, () -> {
            SegmentId list = lists.create("Guests").id();
            lists.add(list, List.of(ada));
            Rule onListInBrno = new Group(Match.ALL, List.of(new Member(list, true), BRNO));
            SegmentId both = segments.create("Guests of Brno", onListInBrno).id();
            SegmentId others =
                    segments.create("Not guests", new Member(list, false)).id();
            kept.lookAfter(acme);
            assertThat(members(both)).containsExactly(ada);
            assertThat(members(others)).containsExactlyInAnyOrder(bea, cid);
            assertThat(segments.count(others)).isEqualTo(2);
            lists.add(list, List.of(bea, cid));
            lists.remove(list, List.of(ada));
            kept.lookAfter(acme);
            assertThat(members(both)).containsExactly(bea);
            assertThat(members(others)).containsExactly(ada);
            assertThat(segments.count(both)).isEqualTo(1);
            assertThat(rules.sentence(onListInBrno)).isEqualTo("on the list “Guests” and City is Brno");
            assertThat(membership.why(both, bea).parts().getFirst().value()).startsWith("put on the list by ");
            assertThat(membership.overlap(List.of(list, both)))
                    .extracting(OverlapRegion::customers)
                    .contains(1L);
            SegmentRef region = segments.createOf("Only guests", List.of(list), List.of(both));
            assertThat(segments.count(region.id())).isEqualTo(1);
        });
    }

    @Test
    void whoIsErasedIsOnNoList() {
        SegmentId list = TestTenants.asOwner(acme, () -> {
            SegmentId made = lists.create("Guests").id();
            lists.add(made, List.of(ada, bea));
            erasures.erase(ada, Erasures.confirmationOf(customers.require(ada)));
            return made;
        });
        TestTenants.asOwner(acme, () -> {
            assertThat(lists.entry(list, ada)).isEmpty();
            kept.lookAfter(acme);
            assertThat(members(list)).containsExactly(bea);
            assertThat(membership.size(list).members()).isEqualTo(1);
            assertThat(segments.count(list)).isEqualTo(1);
        });
    }

    @Test
    void aMergedCustomerStaysOnTheListAsTheOtherAndComesBackWhenThatIsUndone() {
        TestTenants.asOwner(acme, () -> {
            SegmentId list = lists.create("Guests").id();
            SegmentId both = lists.create("Both").id();
            lists.add(list, List.of(bea));
            lists.add(both, List.of(ada, bea));
            long merge = merges.merge(ada, bea, Set.of(), Set.of()).id();
            kept.lookAfter(acme);
            assertThat(members(list)).containsExactly(ada);
            assertThat(segments.count(list)).isEqualTo(1);
            assertThat(members(both)).containsExactly(ada);
            assertThat(segments.count(both)).isEqualTo(1);
            assertThat(membership.size(both).members()).isEqualTo(1);
            merges.undo(merge);
            kept.lookAfter(acme);
            assertThat(members(list)).containsExactly(bea);
            assertThat(members(both)).containsExactlyInAnyOrder(ada, bea);
            assertThat(membership.size(both).members()).isEqualTo(2);
        });
    }

    @Test
    void aSelectionIsPutOnAListAndTakenOffIt() {
        SegmentId list = TestTenants.asOwner(acme, () -> lists.create("Guests").id());
        CustomerSelection some = CustomerSelection.of(List.of(ada.value(), cid.value(), eve.value()));
        TestTenants.as(acme, Role.ANALYST, () -> {
            done(jobs.startOnList(new BulkAction.AddToList(list.value(), "Guests"), some));
            assertThat(members(list)).containsExactlyInAnyOrder(ada, cid);
            done(jobs.startOnList(
                    new BulkAction.RemoveFromList(list.value(), "Guests"), CustomerSelection.of(List.of(cid.value()))));
            assertThat(members(list)).containsExactly(ada);
        });
        TestTenants.as(
                acme,
                Role.SUPPORT,
                () -> assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> jobs.startOnList(new BulkAction.AddToList(list.value(), "Guests"), some)));
    }

    @Test
    void listsOfAnotherBusinessAreNotThere() {
        SegmentId list = TestTenants.asOwner(acme, () -> lists.create("Guests").id());
        TestTenants.asOwner(globex, () -> {
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> lists.add(list, List.of(eve)));
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> lists.freeze(list, "Mine"));
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> archive.archive(list));
        });
    }

    @Test
    void nobodyIsPutInASegmentWithARule() {
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = segments.create("Brno", BRNO).id();
            assertThatExceptionOfType(ListRefused.class)
                    .isThrownBy(() -> lists.add(brno, List.of(cid)))
                    .withMessageContaining("has a rule");
        });
    }

    @Test
    void theAuditLogTellsWhatBecameOfSegments() {
        TestTenants.asOwner(acme, () -> {
            SegmentDetails brno = segments.open(segments.create("Brno", BRNO).id());
            segments.change(brno.id(), "Praha", of(Field.CITY, Operator.IS, "Praha"), brno.version());
            SegmentId list = lists.create("Guests").id();
            lists.add(list, List.of(ada, bea));
            lists.remove(list, List.of(ada));
            archive.archive(list);
            archive.delete(list);
            assertThat(trail.page(new AuditQuery("segments", null, null, null, null), PageRequest.ofSize(20)))
                    .extracting(
                            entry -> entry.deed().substring("segments.deed.".length()),
                            entry -> entry.subjectName(),
                            entry -> entry.changes().stream()
                                    .map(c -> c.before() + " → " + c.after())
                                    .toList())
                    .containsExactly(
                            tuple("deleted", "Guests", List.of()),
                            tuple("archived", "Guests", List.of()),
                            tuple("list_removed", "Guests", List.of("2 → 1")),
                            tuple("list_added", "Guests", List.of("0 → 2")),
                            tuple("list_made", "Guests", List.of()),
                            tuple("changed", "Praha", List.of("Brno → Praha", "City is Brno → City is Praha")),
                            tuple("made", "Brno", List.of("null → City is Brno")));
        });
        TestTenants.asOwner(
                globex,
                () -> assertThat(trail.page(new AuditQuery("segments", null, null, null, null), PageRequest.ofSize(20)))
                        .isEmpty());
    }

    private List<CustomerId> members(SegmentId segment) {
        return membership.members(segment, 0, 50).stream()
                .map(SegmentMember::customer)
                .toList();
    }

    private void done(long job) {
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofSeconds(20))
                .until(() -> jobs.find(job)
                        .filter(now -> now.state() == BulkState.DONE)
                        .isPresent());
    }
}
