package io.perennial.segments;

import static io.perennial.segments.Operator.*;
import static io.perennial.segments.Rule.Condition.of;
import static io.perennial.segments.Rule.Field.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perennial.kernel.TenantId;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Orders;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleCheckTest {

    static List<Rule> faulty() {
        return List.of(
                of(CITY, AT_LEAST, "3"),
                of(CITY, IS),
                of(CITY, IS, " "),
                of(CITY, IS, "Praha", "Brno"),
                of(CITY, IS, "x".repeat(201)),
                of(ORDERS, AT_LEAST, "many"),
                of(ORDERS, AT_LEAST, "2.5"),
                of(ORDERS, AT_LEAST, "-1"),
                of(ORDERS, AT_LEAST, "1e9"),
                of(ORDERS, BETWEEN, "5", "2"),
                of(ORDERS, BETWEEN, "5"),
                of(ORDERS, IS_UNKNOWN),
                of(RFM_RECENCY, IS, "6"),
                of(CHURN_RISK, AT_LEAST, "66"),
                of(SUPPRESSED, IS, "maybe"),
                orders("", null, Window.ever()),
                orders("1.5", null, Window.ever()),
                orders("1", null, Window.lastDays(0)),
                orders("1", null, Window.between("2026-13-01", null)),
                orders("1", null, Window.between("2026-02-01", "2026-01-01")),
                orders("1", null, new Window.Last(40_000, Window.Unit.DAYS)),
                orders("1", null, new Window.Ago(5, 3)),
                orders("1", null, Window.between(null, null)),
                of(BIRTHDAY, BEFORE, "1. 5. 2000"),
                of(BIRTHDAY, BETWEEN, "2000-02-01", "2000-01-01"),
                of(BIRTHDAY, IN_NEXT_DAYS, "0"),
                of(BIRTHDAY_MONTH, IS, "13"),
                of(RFM_NAME, IS, "KINGS"),
                of(SUPPRESSION_REASON, IS, "MOOD"),
                new Rule.Consent(List.of(), Rule.ConsentIs.GRANTED, Window.ever()),
                new Rule.Consent(List.of("news"), Rule.ConsentIs.NEVER_ASKED, Window.lastDays(3)),
                new Orders(List.of(), Window.ever(), OrderFilter.none()),
                new Rule.Activity(
                        "SNEEZED",
                        Rule.Measure.of(Aggregate.COUNT, AT_LEAST, "1"),
                        Window.ever(),
                        List.of(),
                        List.of()),
                new Rule.Member(new SegmentId(17), true),
                orders("1", " ", Window.ever()),
                new Group(Match.ANY, List.of()));
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void aFaultIsFoundAtItsPlaceAndKeepsTheRuleFromCompiling(Rule fault) {
        Rule rule = new Group(
                Match.ALL, List.of(of(CITY, IS, "Praha"), new Group(Match.ANY, List.of(of(AGE, IS_KNOWN), fault))));
        assertThat(RuleCheck.problemsOf(rule, RuleScope.NOTHING)).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.path()).isEqualTo("/1/1");
            assertThat(problem.message()).isNotBlank();
        });
        RuleContext context = new RuleContext(new TenantId(1), ZoneOffset.UTC, LocalDate.of(2026, 1, 1));
        assertThatExceptionOfType(InvalidRule.class).isThrownBy(() -> RuleCompiler.compile(rule, context));
    }

    @Test
    void aRuleTooDeepOrTooLongIsRefused() {
        Rule deep = of(CITY, IS, "Praha");
        for (int i = 0; i < 8; i++) {
            deep = new Group(Match.ALL, List.of(deep));
        }
        assertThat(RuleCheck.problemsOf(deep, RuleScope.NOTHING)).hasSize(1);
        Rule wide = new Group(
                Match.ANY,
                IntStream.range(0, 61)
                        .mapToObj(i -> (Rule) of(CITY, IS, "Praha"))
                        .toList());
        assertThat(RuleCheck.problemsOf(wide, RuleScope.NOTHING))
                .extracting(RuleProblem::path)
                .containsExactly("/");
    }

    @Test
    void valuesEnterTheQueryOnlyAsParameters() {
        String hostile = "' OR 1=1; --";
        RuleContext context = new RuleContext(new TenantId(42), ZoneOffset.UTC, LocalDate.of(2026, 1, 1));
        Rule rule = new Group(
                Match.ALL,
                List.of(of(CITY, IS, hostile), of(TAG, IS_ANY_OF, hostile, "b"), orders("1", hostile, Window.ever())));
        var query = RuleCompiler.compile(rule, context);
        assertThat(query.sql()).doesNotContain(hostile).startsWith("SELECT c.id FROM customer c WHERE c.tenant_id = ?");
        assertThat(query.params())
                .hasSize((int) query.sql().chars().filter(c -> c == '?').count())
                .contains(hostile);
        assertThat(query.params().getFirst()).isEqualTo(42L);
    }

    @Test
    void aRuleSurvivesItsDocument() {
        Rule rule = new Group(
                Match.NONE, List.of(of(CITY, IS, "Plzeň"), orders("2", "Tea", Window.lastDays(30)), Rule.everybody()));
        String document = RuleDocument.write(rule);
        assertThat(document).startsWith("{\"version\":2,\"rule\":{\"type\":\"group\",\"match\":\"NONE\"");
        assertThat(RuleDocument.read(document)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json",
                "{\"version\":3,\"rule\":{\"type\":\"group\",\"match\":\"ALL\",\"rules\":[]}}",
                "{\"version\":1,\"rule\":{\"type\":\"condition\",\"field\":\"SHOE_SIZE\",\"operator\":\"IS\",\"values\":[]}}",
                "{\"version\":1}"
            })
    void aDocumentThatIsNoneIsRefused(String text) {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> RuleDocument.read(text));
    }

    @Test
    void aRuleOfVersion1MeansTheSameInVersion2() {
        String old = """
                {"version":1,"rule":{"type":"group","match":"ALL","rules":[
                {"type":"condition","field":"CITY","operator":"IS","values":["Praha"]},
                {"type":"condition","field":"CONSENT_TOPIC","operator":"IS_NOT","values":["news"]},
                {"type":"condition","field":"CONSENT_TOPIC","operator":"IS_ANY_OF","values":["news","offers"]},
                {"type":"orders","aggregate":"VALUE","operator":"BETWEEN","value":"5","upTo":"7",
                "window":{"lastDays":30,"from":null,"until":null},"category":"Tea","product":null},
                {"type":"orders","aggregate":"COUNT","operator":"AT_MOST","value":"0","upTo":null,
                "window":{"lastDays":null,"from":"2026-01-01","until":null},"category":null,"product":"Mug"}]}}""";
        Rule rule = RuleDocument.read(old);
        assertThat(rule)
                .isEqualTo(new Group(
                        Match.ALL,
                        List.of(
                                of(CITY, IS, "Praha"),
                                new Rule.Consent(List.of("news"), Rule.ConsentIs.NOT_GRANTED, Window.ever()),
                                new Rule.Consent(List.of("news", "offers"), Rule.ConsentIs.GRANTED, Window.ever()),
                                new Orders(
                                        List.of(Rule.Measure.of(Aggregate.VALUE, BETWEEN, "5", "7")),
                                        Window.lastDays(30),
                                        OrderFilter.category("Tea")),
                                Orders.of(Aggregate.COUNT, AT_MOST, "0", Window.between("2026-01-01", null))
                                        .only(OrderFilter.none()
                                                .withProducts(new OrderFilter.Among(List.of("Mug"), false))))));
        assertThat(RuleDocument.read(RuleDocument.write(rule))).isEqualTo(rule);
    }

    @Test
    void segmentsThatLeadInACircleAreRefusedWithTheirNames() {
        Rule toB = new Rule.Member(new SegmentId(2), true);
        Rule toA = new Rule.Member(new SegmentId(1), false);
        Rule self = new Rule.Member(new SegmentId(3), true);
        TestScope scope = new TestScope(
                List.of(),
                java.util.Map.of(
                        new SegmentId(1), new Group(Match.ANY, List.of(of(CITY, IS, "Praha"), toB)),
                        new SegmentId(2), of(CITY, IS, "Brno"),
                        new SegmentId(3), of(CITY, IS, "Plzen")));
        Rule closing = new Group(Match.ALL, List.of(of(CITY, IS, "Brno"), toA));
        assertThat(RuleCheck.problemsOf(closing, scope)).isEmpty();
        assertThat(RuleCheck.problemsOf(closing, scope, new SegmentId(2)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("/1");
                    assertThat(problem.message()).contains("“Segment 2” → “Segment 1” → “Segment 2”");
                });
        assertThat(RuleCheck.problemsOf(self, scope, new SegmentId(3)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("“Segment 3” → “Segment 3”"));
    }

    private static Orders orders(String value, @org.jspecify.annotations.Nullable String category, Window window) {
        Orders orders = Orders.of(Aggregate.COUNT, AT_LEAST, value, window);
        return category == null ? orders : orders.only(OrderFilter.category(category));
    }
}
