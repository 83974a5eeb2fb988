package io.perennial.segments;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.accounts.Role;
import io.perennial.customers.CustomerTags;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@IntegrationTest
@TenantSql("Puts customers where the test wants them.")
class MembershipTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Prague");
    private static final LocalDate TODAY = LocalDate.now(ZONE);
    private static final Rule BRNO = of(Field.CITY, Operator.IS, "Brno");
    private static final Rule VIP = of(Field.TAG, Operator.IS, "vip");

    @Autowired
    Segments segments;

    @Autowired
    Membership membership;

    @Autowired
    MembershipWorker worker;

    @Autowired
    CustomerTags tags;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId acme;
    private TenantId globex;
    private List<CustomerFacts> people;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        people = customersOf(acme);
        customersOf(globex);
    }

    private List<CustomerFacts> customersOf(TenantId tenant) {
        return new RandomCustomers(new Random(4), jdbc, new RuleContext(tenant, ZONE, TODAY)).insert(50);
    }

    @Test
    void sizesAndMembersAreThoseKept() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef brno = segments.create("Brno", BRNO);
            assertThat(membership.size(brno.id()).members())
                    .as("before it is counted")
                    .isNull();
            worker.lookAfter(acme);
            SegmentSize size = membership.size(brno.id());
            assertThat(size.members()).isEqualTo(segments.count(brno.id())).isPositive();
            assertThat(size.recounting()).isFalse();
            assertThat(size.sinceYesterday()).as("not known on the first day").isNull();
            assertThat(membership.sizes()).containsOnlyKeys(brno.id());
            assertThat(membership.members(brno.id(), 0, 200)).hasSize((int) (long) size.members());
            assertThat(membership.members(brno.id(), 1, 1))
                    .isEqualTo(membership.members(brno.id(), 0, 2).subList(1, 2));
            assertThat(membership.history(brno.id(), TODAY.minusDays(7)))
                    .containsExactly(new SizePoint(TODAY, size.members(), 0, 0));
        });
    }

    @Test
    void whoCameAndWentIsToldWithWhatTurned() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef vips = segments.create("VIPs of Brno", new Group(Match.ALL, List.of(BRNO, VIP)));
            worker.lookAfter(acme);
            CustomerId somebody = new CustomerId(people.stream()
                    .filter(p -> "Brno".equals(p.person().city()) && !p.tags().contains("vip"))
                    .findFirst()
                    .orElseThrow()
                    .id());
            tags.replace(somebody, List.of("vip"));
            worker.lookAfter(acme);
            assertThat(membership.isMember(vips.id(), somebody)).isTrue();
            SegmentMove came =
                    membership.moves(vips.id(), TODAY, MoveFilter.ALL, 0, 10).getFirst();
            assertThat(came.customer()).isEqualTo(somebody);
            assertThat(came.entered()).isTrue();
            assertThat(came.flips()).containsExactly(new SegmentMove.Flip("/1", "Tags include vip", true));
            tags.replace(somebody, List.of());
            worker.lookAfter(acme);
            assertThat(membership.moves(vips.id(), TODAY, MoveFilter.LEFT, 0, 10))
                    .extracting(SegmentMove::customer)
                    .containsExactly(somebody);
            assertThat(membership.moves(vips.id(), TODAY.plusDays(1), MoveFilter.ALL, 0, 10))
                    .isEmpty();
            assertThat(membership.history(vips.id(), TODAY)).first().satisfies(point -> {
                assertThat(point.entered()).isEqualTo(1);
                assertThat(point.left()).isEqualTo(1);
            });
        });
    }

    @Test
    void whyAgreesWithTheQueryForRandomRulesAndCustomers() {
        RandomRules rules = new RandomRules(new Random(17), TODAY);
        TestTenants.asOwner(acme, () -> {
            for (int i = 0; i < 40; i++) {
                Rule rule = rules.next();
                SegmentRef segment = segments.create("Random " + i, rule);
                worker.lookAfter(acme);
                for (CustomerFacts person : people.subList(0, 6)) {
                    CustomerId id = new CustomerId(person.id());
                    WhyPart why = membership.why(segment.id(), id);
                    assertThat(why.holds())
                            .as("%s of %s", rule, person)
                            .isEqualTo(membership.isMember(segment.id(), id));
                    assertThat(leaves(why).count()).isEqualTo(RuleLeaf.of(rule).size());
                }
            }
        });
    }

    private static Stream<WhyPart> leaves(WhyPart part) {
        return part.match() == null ? Stream.of(part) : part.parts().stream().flatMap(MembershipTest::leaves);
    }

    @Test
    void theRegionsOfAnOverlapAreExactAndBecomeSegments() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef a = segments.create("Brno", BRNO);
            SegmentRef b = segments.create("VIPs", VIP);
            SegmentRef c = segments.create("Buyers", of(Field.ORDERS, Operator.AT_LEAST, "1"));
            worker.lookAfter(acme);
            List<SegmentId> compared = List.of(a.id(), b.id(), c.id());
            List<OverlapRegion> regions = membership.overlap(compared);
            assertThat(regions).hasSize(7);
            assertThat(regions.getLast().in()).containsExactlyInAnyOrderElementsOf(compared);
            for (OverlapRegion region : regions) {
                List<SegmentId> out =
                        compared.stream().filter(s -> !region.in().contains(s)).toList();
                SegmentRef made = segments.createOf("Region", List.copyOf(region.in()), out);
                assertThat(segments.count(made.id())).isEqualTo(region.customers());
            }
            assertThat(regions.stream().mapToLong(OverlapRegion::customers).sum())
                    .isEqualTo(Set.of(a, b, c).stream()
                            .flatMap(s -> membership.members(s.id(), 0, 200).stream())
                            .map(SegmentMember::customer)
                            .collect(Collectors.toSet())
                            .size());
            assertThatIllegalArgumentException().isThrownBy(() -> membership.overlap(List.of(a.id(), a.id())));
        });
    }

    @Test
    void nothingOfAnotherBusinessIsSeen() {
        SegmentRef foreign = TestTenants.asOwner(globex, () -> segments.create("Theirs", Rule.everybody()));
        worker.lookAfter(globex);
        CustomerId somebody = new CustomerId(people.getFirst().id());
        TestTenants.asOwner(acme, () -> {
            SegmentRef ours = segments.create("Ours", Rule.everybody());
            worker.lookAfter(acme);
            assertThat(membership.sizes()).containsOnlyKeys(ours.id());
            assertThat(membership.members(foreign.id(), 0, 10)).isEmpty();
            assertThat(membership.moves(foreign.id(), TODAY, MoveFilter.ALL, 0, 10))
                    .isEmpty();
            assertThat(membership.history(foreign.id(), TODAY)).isEmpty();
            assertThat(membership.isMember(foreign.id(), somebody)).isFalse();
            assertThat(membership.segmentsOf(somebody))
                    .extracting(in -> in.segment().name())
                    .containsExactly("Ours");
            for (Runnable attempt : List.<Runnable>of(
                    () -> membership.size(foreign.id()),
                    () -> membership.why(foreign.id(), somebody),
                    () -> membership.overlap(List.of(ours.id(), foreign.id())),
                    () -> segments.createOf("Mine", List.of(foreign.id()), List.of()))) {
                assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(attempt::run);
            }
        });
        TestTenants.as(
                globex,
                Role.ANALYST,
                () -> assertThat(membership.segmentsOf(somebody)).isEmpty());
    }
}
