package io.perennial.segments;

import io.perennial.segments.CountWords.Kind;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Consent;
import io.perennial.segments.Rule.ConsentIs;
import io.perennial.segments.Rule.Field;
import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a condition asks of {@link CountWords}.
 *
 * @param kinds one of these
 * @param values with one of these, or with any where there are none
 * @param rule what these words are of, said as a rule that {@code count_basis} answers
 * @param negated whether the condition holds of all others
 */
record KeptWords(List<String> kinds, List<String> values, Rule rule, boolean negated) {

    /** Of everybody who was not erased. */
    static KeptWords everybody() {
        return of(Rule.everybody(), false, List.of(""), Kind.ALL);
    }

    /** Nothing where no words are kept of it. */
    static Optional<KeptWords> of(Rule rule, RuleContext context) {
        return switch (rule) {
            case Consent consent when BasisSql.answers(consent, context) -> Optional.of(of(consent));
            case Condition condition
            when condition.field() == Field.SUPPRESSED -> {
                boolean free = condition.values().getFirst().equals("false");
                yield Optional.of(suppressed(List.of(), free));
            }
            case Condition condition
            when condition.field() == Field.SUPPRESSION_REASON ->
                Optional.of(suppressed(condition.values(), condition.operator().holdsOfUnknown()));
            default -> Optional.empty();
        };
    }

    private static KeptWords of(Consent consent) {
        List<String> topics = consent.topics();
        return switch (consent.status()) {
            case GRANTED -> of(consent, false, topics, Kind.GRANTED);
            case WITHDRAWN -> of(consent, false, topics, Kind.WITHDRAWN);
            case NOT_GRANTED -> of(is(ConsentIs.GRANTED, topics), true, topics, Kind.GRANTED);
            case NEVER_ASKED ->
                of(
                        new Group(Match.ANY, List.of(is(ConsentIs.GRANTED, topics), is(ConsentIs.WITHDRAWN, topics))),
                        true,
                        topics,
                        Kind.GRANTED,
                        Kind.WITHDRAWN);
        };
    }

    private static Consent is(ConsentIs status, List<String> topics) {
        return new Consent(topics, status, Window.ever());
    }

    private static KeptWords suppressed(List<String> reasons, boolean negated) {
        Rule rule = reasons.isEmpty()
                ? Condition.of(Field.SUPPRESSED, Operator.IS, "true")
                : new Condition(Field.SUPPRESSION_REASON, Operator.IS_ANY_OF, reasons);
        return of(rule, negated, reasons, Kind.SUPPRESSED);
    }

    private static KeptWords of(Rule rule, boolean negated, List<String> values, Kind... kinds) {
        return new KeptWords(Stream.of(kinds).map(Kind::name).toList(), values, rule, negated);
    }
}
