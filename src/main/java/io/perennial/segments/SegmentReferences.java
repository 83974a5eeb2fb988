package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.Rule.Group;
import io.perennial.segments.Rule.Match;
import io.perennial.segments.Rule.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows segments to the segments their rules refer to; the limits are those of one whole rule. */
final class SegmentReferences {

    private final RuleScope scope;
    private final @Nullable SegmentId self;
    private int conditions;

    SegmentReferences(RuleScope scope, @Nullable SegmentId self) {
        this.scope = scope;
        this.self = self;
    }

    /** The segments a rule names itself. */
    static Stream<SegmentId> of(Rule rule) {
        return switch (rule) {
            case Group group -> group.rules().stream().flatMap(SegmentReferences::of);
            case Member member -> Stream.of(member.segment());
            default -> Stream.empty();
        };
    }

    /** The same rule with the rules of other segments in the places that refer to them; being on a list stays as it is. */
    static Rule inlined(Rule rule, RuleScope scope) {
        return switch (rule) {
            case Group group ->
                new Group(
                        group.match(),
                        group.rules().stream().map(part -> inlined(part, scope)).toList());
            case Member member -> {
                RuleScope.Named named = scope.segment(member.segment())
                        .orElseThrow(() -> new IllegalStateException("Not checked: " + member));
                if (named.isList()) {
                    yield member;
                }
                Rule other = inlined(named.rule(), scope);
                yield member.in() ? other : new Group(Match.NONE, List.of(other));
            }
            default -> rule;
        };
    }

    /** Why a segment cannot be referred to, in words: it is gone, leads back, lies too deep or is too long. */
    Optional<String> faultOf(Member member) {
        return follow(member.segment(), new ArrayList<>());
    }

    private Optional<String> follow(SegmentId id, List<RuleScope.Named> trail) {
        RuleScope.Named segment = scope.segment(id).orElse(null);
        if (segment == null) {
            return Optional.of(t(
                    trail.isEmpty() ? "segments.problem.segment_gone" : "segments.problem.segment_gone_in",
                    names(trail)));
        }
        boolean again = id.equals(self) || trail.stream().anyMatch(s -> s.id().equals(id));
        trail.add(segment);
        if (again) {
            return Optional.of(t("segments.problem.circle", names(trail)));
        }
        if (trail.size() > RuleLimits.SEGMENTS_DEEP) {
            return Optional.of(t("segments.problem.segments_deep", RuleLimits.SEGMENTS_DEEP, names(trail)));
        }
        conditions += conditionsOf(segment.rule());
        if (conditions > RuleLimits.CONDITIONS_WITH_SEGMENTS) {
            return Optional.of(t("segments.problem.segments_long", RuleLimits.CONDITIONS_WITH_SEGMENTS));
        }
        for (SegmentId next :
                segment.isList() ? List.<SegmentId>of() : of(segment.rule()).toList()) {
            Optional<String> fault = follow(next, trail);
            if (fault.isPresent()) {
                return fault;
            }
        }
        trail.removeLast();
        return Optional.empty();
    }

    private static int conditionsOf(Rule rule) {
        return rule instanceof Group group
                ? group.rules().stream()
                        .mapToInt(SegmentReferences::conditionsOf)
                        .sum()
                : 1;
    }

    private String names(List<RuleScope.Named> trail) {
        return Stream.concat(Optional.ofNullable(self).flatMap(scope::segment).stream(), trail.stream())
                .map(s -> "“" + s.name() + "”")
                .collect(Collectors.joining(" → "));
    }
}
