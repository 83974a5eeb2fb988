package io.perennial.segments;

import static io.perennial.segments.Rule.Condition.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.accounts.Role;
import io.perennial.kernel.TenantId;
import io.perennial.segments.Rule.Field;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.NoTenantException;
import io.perennial.tenancy.SqlFragment;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

@IntegrationTest
class SegmentsTest {

    private static final Rule IN_PRAGUE = of(Field.CITY, Operator.IS, "Praha");

    @Autowired
    Segments segments;

    @Autowired
    SegmentArchive archive;

    @Autowired
    Rules rules;

    @Autowired
    RuleChoices choices;

    @Autowired
    TestTenants tenants;

    @Autowired
    JdbcTemplate jdbc;

    TenantId acme;
    TenantId globex;
    List<CustomerFacts> acmeCustomers;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        acmeCustomers = customers(acme);
        customers(globex);
    }

    private List<CustomerFacts> customers(TenantId tenant) {
        ZoneId zone = ZoneId.of("Europe/Prague");
        return new RandomCustomers(new Random(3), jdbc, new RuleContext(tenant, zone, LocalDate.now(zone))).insert(40);
    }

    @Test
    void amountsAreSaidInTheCurrencyOfTheBusiness() {
        Rule spent = new Rule.Condition(Rule.Field.VALUE, Operator.AT_LEAST, List.of("12000"));
        Rule halves = new Rule.Condition(Rule.Field.CLV, Operator.BETWEEN, List.of("0.5", "0.125"));
        TenantId crowns = tenants.fresh("Acme");
        TenantId euros = tenants.fresh("Globex");
        jdbc.update("UPDATE business SET currency = 'EUR' WHERE id = ?", euros.value());
        TestTenants.asOwner(crowns, () -> assertThat(rules.sentence(spent)).endsWith("at least CZK\u00a012,000"));
        TestTenants.asOwner(euros, () -> {
            assertThat(rules.sentence(spent)).endsWith("at least €12,000");
            assertThat(rules.sentence(halves)).contains("€0.50", "0.125 EUR");
        });
    }

    @Test
    void aSegmentPicksOnlyItsOwnBusinesssCustomers() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef everybody = segments.create("Everybody", Rule.everybody());
            assertThat(segments.count(everybody.id())).isEqualTo(40);
            SqlFragment query = segments.customersIn(everybody.id());
            assertThat(jdbc.queryForList(query.sql(), Long.class, query.params().toArray()))
                    .containsExactlyInAnyOrderElementsOf(
                            acmeCustomers.stream().map(CustomerFacts::id).toList());
            assertThat(rules.look(IN_PRAGUE, 10, unheard -> {}).sample())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(10)
                    .allSatisfy(c -> assertThat(c.city()).isEqualToIgnoringCase("praha"));
        });
    }

    @Test
    void segmentsOfOtherBusinessesDoNotExist() {
        SegmentRef foreign = TestTenants.asOwner(globex, () -> segments.create("Ours", IN_PRAGUE));
        TestTenants.asOwner(acme, () -> {
            assertThat(segments.list()).isEmpty();
            assertThat(segments.all()).isEmpty();
            List<Runnable> attempts = List.of(
                    () -> segments.require(foreign.id()),
                    () -> segments.open(foreign.id()),
                    () -> segments.count(foreign.id()),
                    () -> segments.customersIn(foreign.id()),
                    () -> segments.change(foreign.id(), "Stolen", Rule.everybody(), 0));
            assertThat(attempts)
                    .allSatisfy(attempt -> assertThatExceptionOfType(NoSuchElementException.class)
                            .isThrownBy(attempt::run));
            assertThat(segments.create("Ours", IN_PRAGUE).name()).isEqualTo("Ours");
        });
        TestTenants.asOwner(
                globex, () -> assertThat(segments.open(foreign.id()).rule()).isEqualTo(IN_PRAGUE));
    }

    @Test
    void valuesAreOfferedFromTheOwnCustomersOnly() {
        jdbc.update("UPDATE customer SET city = 'Secret' WHERE tenant_id = ? AND city = 'Brno'", globex.value());
        TestTenants.asOwner(acme, () -> {
            assertThat(choices.values(ChoiceOf.CITY, "secr", 0, 50)).isEmpty();
            assertThat(choices.values(ChoiceOf.CITY, "PLZ", 0, 50))
                    .extracting(Choice::value)
                    .hasSize(1);
            for (ChoiceOf of : ChoiceOf.values()) {
                assertThat(choices.values(of, "", 0, 50)).as(of.name()).isNotEmpty();
                assertThat(choices.values(of, "100%", 0, 50)).isEmpty();
            }
            assertThat(choices.values(ChoiceOf.TAG, "", 0, 50))
                    .allSatisfy(tag -> assertThat(tag.count())
                            .isEqualTo(acmeCustomers.stream()
                                    .filter(c -> c.tags().contains(tag.value()))
                                    .count()));
            assertThat(choices.attributes()).hasSize(RandomAttributes.ALL.size());
        });
    }

    @Test
    void aSegmentThatAnotherRestsOnStaysAndNoneLeadsBackToItself() {
        TestTenants.asOwner(acme, () -> {
            SegmentRef prague = segments.create("Prague", IN_PRAGUE);
            SegmentRef others = segments.create("Others", new Rule.Member(prague.id(), false));
            assertThat(segments.count(prague.id()) + segments.count(others.id()))
                    .isEqualTo(40);
            assertThatExceptionOfType(SegmentInUse.class)
                    .isThrownBy(() -> archive.delete(prague.id()))
                    .satisfies(
                            e -> assertThat(e.uses()).extracting(UsedBy::words).containsExactly("the segment Others"));
            assertThatExceptionOfType(InvalidRule.class)
                    .isThrownBy(() -> segments.change(prague.id(), "Prague", new Rule.Member(others.id(), true), 0))
                    .withMessageContaining("“Prague” → “Others” → “Prague”");
            assertThat(rules.sentence(new Rule.Member(prague.id(), false))).contains("not in the segment Prague");
            archive.delete(others.id());
            archive.delete(prague.id());
        });
    }

    @Test
    void aNameTakenGetsANumberWhenCreatedAndIsRefusedWhenChosen() {
        TestTenants.asOwner(acme, () -> {
            segments.create("Regulars", IN_PRAGUE);
            SegmentRef second = segments.create(" Regulars ", IN_PRAGUE);
            assertThat(second.name()).isEqualTo("Regulars 2");
            SegmentDetails opened = segments.open(second.id());
            assertThatExceptionOfType(SegmentNameTaken.class)
                    .isThrownBy(() -> segments.change(second.id(), "regulars", IN_PRAGUE, opened.version()));
            SegmentDetails changed = segments.change(second.id(), "Best regulars", Rule.everybody(), opened.version());
            assertThat(changed.rule()).isEqualTo(Rule.everybody());
            assertThatExceptionOfType(SegmentChangedMeanwhile.class)
                    .isThrownBy(() -> segments.change(second.id(), "Late", IN_PRAGUE, opened.version()));
        });
    }

    @Test
    void badInputIsRefusedInWords() {
        TestTenants.asOwner(acme, () -> {
            Rule faulty = of(Field.AGE, Operator.AT_LEAST, "old");
            assertThatExceptionOfType(InvalidRule.class)
                    .isThrownBy(() -> segments.create("Old", faulty))
                    .withMessageContaining("old is not a number");
            assertThatExceptionOfType(InvalidRule.class).isThrownBy(() -> rules.count(faulty));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> segments.create("  ", IN_PRAGUE))
                    .withMessageContaining("name");
        });
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        TestTenants.as(acme, Role.SUPPORT, () -> {
            assertThat(rules.count(Rule.everybody())).isEqualTo(40);
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> segments.create("Mine", IN_PRAGUE));
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> segments.change(new SegmentId(1), "Mine", IN_PRAGUE, 0));
        });
        assertThatExceptionOfType(org.springframework.security.core.AuthenticationException.class)
                .isThrownBy(() -> segments.list());
        assertThatExceptionOfType(NoTenantException.class).isThrownBy(io.perennial.tenancy.CurrentTenant::require);
    }
}
