package io.perennial.segments;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Member;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class SegmentArchiveTest {

    private static final Rule BRNO = of(Field.CITY, Operator.IS, "Brno");

    @Autowired
    SegmentArchive archive;

    @Autowired
    Segments segments;

    @Autowired
    SegmentLists lists;

    @Autowired
    Membership membership;

    @Autowired
    KeptSegments kept;

    @Autowired
    TestTenants tenants;

    private TenantId acme;
    private TenantId globex;
    private CustomerId ada;
    private CustomerId bea;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        ada = new CustomerId(kept.customer(acme, "Ada", "Brno"));
        bea = new CustomerId(kept.customer(acme, "Bea", "Brno"));
        kept.customer(globex, "Eve", "Brno");
    }

    @Test
    void whatIsArchivedIsOfferedNowhereAndComesBackAsItWas() {
        TestTenants.asOwner(acme, () -> {
            SegmentId list = lists.create("Guests").id();
            SegmentId brno = segments.create("Brno", BRNO).id();
            lists.add(list, List.of(ada));
            kept.lookAfter(acme);
            archive.archive(list);
            archive.archive(brno);
            assertThat(segments.list()).isEmpty();
            assertThat(segments.all()).isEmpty();
            assertThat(lists.lists()).isEmpty();
            assertThat(archive.all()).extracting(SegmentDetails::name).containsExactly("Brno", "Guests");
            assertThat(segments.listWith(List.of(brno), List.of()))
                    .extracting(SegmentRef::name)
                    .containsExactly("Brno");
            assertThat(membership.segmentsOf(ada)).isEmpty();
            assertThatExceptionOfType(ListRefused.class).isThrownBy(() -> lists.add(list, List.of(bea)));
            kept.move(bea.value(), "Praha");
            kept.lookAfter(acme);
            archive.restore(list);
            archive.restore(brno);
            kept.lookAfter(acme);
            assertThat(members(list)).containsExactly(ada);
            assertThat(members(brno)).as("changed meanwhile").containsExactly(ada);
        });
    }

    @Test
    void whatAnotherSegmentRestsOnCanBeNeitherArchivedNorDeleted() {
        TestTenants.asOwner(acme, () -> {
            SegmentId list = lists.create("Guests").id();
            SegmentId on = segments.create("On it", new Member(list, true)).id();
            assertThat(archive.usesOf(list))
                    .containsExactly(new UsedBy("the segment On it", "segments/" + on, UsedBy.Weight.NEEDS));
            assertThatExceptionOfType(SegmentInUse.class).isThrownBy(() -> archive.archive(list));
            assertThatExceptionOfType(SegmentInUse.class).isThrownBy(() -> archive.delete(list));
            archive.archive(on);
            archive.archive(list);
            assertThatExceptionOfType(SegmentInUse.class)
                    .as("the archived one could not be restored")
                    .isThrownBy(() -> archive.delete(list));
            archive.delete(on);
            archive.delete(list);
            assertThat(archive.all()).isEmpty();
        });
    }

    @Test
    void whatNobodyUsesIsDeletedAndNothingOfTheOtherBusinessWithIt() {
        SegmentId theirs =
                TestTenants.asOwner(globex, () -> segments.create("Brno", BRNO).id());
        kept.lookAfter(globex);
        TestTenants.asOwner(acme, () -> {
            SegmentId brno = segments.create("Brno", BRNO).id();
            kept.lookAfter(acme);
            assertThat(members(brno)).containsExactlyInAnyOrder(ada, bea);
            archive.delete(brno);
            assertThat(segments.list()).isEmpty();
            assertThat(membership.segmentsOf(ada)).isEmpty();
            List<Runnable> attempts =
                    List.of(() -> archive.archive(theirs), () -> archive.restore(theirs), () -> archive.delete(theirs));
            assertThat(attempts)
                    .allSatisfy(attempt -> assertThatExceptionOfType(NoSuchElementException.class)
                            .isThrownBy(attempt::run));
        });
        TestTenants.asOwner(globex, () -> assertThat(members(theirs)).hasSize(1));
    }

    @Test
    void whoMayOnlyReadArchivesAndDeletesNothing() {
        SegmentId brno =
                TestTenants.asOwner(acme, () -> segments.create("Brno", BRNO).id());
        TestTenants.as(acme, Role.SUPPORT, () -> {
            List<Runnable> attempts =
                    List.of(() -> archive.archive(brno), () -> archive.restore(brno), () -> archive.delete(brno));
            assertThat(attempts)
                    .allSatisfy(attempt -> assertThatExceptionOfType(AccessDeniedException.class)
                            .isThrownBy(attempt::run));
        });
        TestTenants.asOwner(acme, () -> assertThat(segments.list()).hasSize(1));
    }

    private List<CustomerId> members(SegmentId segment) {
        return membership.members(segment, 0, 50).stream()
                .map(SegmentMember::customer)
                .toList();
    }
}
