package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.segments.CustomerFacts.Deed;
import io.perennial.segments.Rule.Activity;
import io.perennial.segments.Rule.Aggregate;
import io.perennial.segments.Rule.Consent;
import io.perennial.uikit.Formats;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Conditions on what customers did and agreed to, decided in Java. */
final class DeedVerdicts {

    private final RuleContext context;

    DeedVerdicts(RuleContext context) {
        this.context = context;
    }

    Verdict of(Activity rule, CustomerFacts c) {
        Window.Days days = rule.window().days(context.today());
        Set<Long> about = ids(rule.about());
        Set<Long> detail = ids(rule.detail());
        List<Deed> deeds = c.activities().getOrDefault(rule.kind(), List.of()).stream()
                .filter(deed -> days.contains(context.dayOf(deed.at())))
                .filter(deed -> about.isEmpty() || (deed.about() != null && about.contains(deed.about())))
                .filter(deed -> detail.isEmpty() || (deed.detail() != null && detail.contains(deed.detail())))
                .toList();
        BigDecimal own = own(rule.measure().aggregate(), deeds);
        boolean holds = own != null
                && Comparison.of(rule.measure().operator(), rule.measure().values())
                        .holdsOf(own);
        return new Verdict(holds, () -> ValueWords.times(rule.measure().aggregate(), own));
    }

    private @Nullable BigDecimal own(Aggregate aggregate, List<Deed> deeds) {
        if (aggregate == Aggregate.COUNT) {
            return BigDecimal.valueOf(
                    deeds.stream().mapToLong(Deed::thing).distinct().count());
        }
        LongStream ago =
                deeds.stream().mapToLong(deed -> ChronoUnit.DAYS.between(context.dayOf(deed.at()), context.today()));
        var days = aggregate == Aggregate.DAYS_SINCE_FIRST ? ago.max() : ago.min();
        return days.isPresent() ? BigDecimal.valueOf(days.getAsLong()) : null;
    }

    Verdict of(Consent rule, CustomerFacts c) {
        Window.Days days = rule.window().days(context.today());
        List<CustomerFacts.Consent> asked = c.consents().stream()
                .filter(k -> rule.topics().contains(k.topic()))
                .toList();
        boolean holds = switch (rule.status()) {
            case GRANTED -> asked.stream().anyMatch(k -> k.granted() && days.contains(context.dayOf(k.at())));
            case WITHDRAWN -> asked.stream().anyMatch(k -> !k.granted() && days.contains(context.dayOf(k.at())));
            case NOT_GRANTED -> asked.stream().noneMatch(CustomerFacts.Consent::granted);
            case NEVER_ASKED -> asked.isEmpty();
        };
        return new Verdict(
                holds,
                () -> asked.isEmpty()
                        ? t("segments.value.never_asked")
                        : asked.stream().map(this::words).collect(Collectors.joining(", ")));
    }

    private String words(CustomerFacts.Consent consent) {
        LocalDate day = context.dayOf(consent.at());
        return t(
                consent.granted() ? "segments.value.granted" : "segments.value.withdrawn",
                consent.topic(),
                Formats.date(day));
    }

    private static Set<Long> ids(List<String> ids) {
        return ids.stream().map(Long::valueOf).collect(Collectors.toSet());
    }
}
