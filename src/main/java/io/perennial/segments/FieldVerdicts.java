package io.perennial.segments;

import static io.perennial.uikit.Texts.t;

import io.perennial.kernel.RfmName;
import io.perennial.segments.CustomerFacts.Person;
import io.perennial.segments.CustomerFacts.Summary;
import io.perennial.segments.Rule.Condition;
import io.perennial.uikit.Formats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Conditions on a customer's own fields and summary, decided in Java. */
final class FieldVerdicts {

    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    private final RuleContext context;

    FieldVerdicts(RuleContext context) {
        this.context = context;
    }

    Verdict of(Condition condition, CustomerFacts c) {
        Person p = c.person();
        Summary s = c.summary();
        return switch (condition.field()) {
            case FIRST_NAME -> text(condition, p.firstName());
            case LAST_NAME -> text(condition, p.lastName());
            case EMAIL -> exact(lowerCase(condition.values()), condition.operator(), p.email());
            case PHONE -> text(condition, p.phone());
            case EXTERNAL_ID -> exact(condition.values(), condition.operator(), p.externalId());
            case CITY -> text(condition, p.city());
            case COUNTRY -> text(condition, p.country());
            case LOCALE -> text(condition, p.locale());
            case ZONE -> text(condition, p.zone());
            case GENDER -> text(condition, p.gender());
            case TAG -> tags(condition, c.tags());
            case SUPPRESSED ->
                new Verdict(
                        (c.suppression() != null)
                                == Boolean.parseBoolean(condition.values().getFirst()),
                        () -> t(c.suppression() != null ? "segments.yes" : "segments.no"));
            case SUPPRESSION_REASON ->
                choice(
                        condition,
                        c.suppression() == null ? null : c.suppression().name());
            case AGE -> number(condition, age(p.birthday()));
            case BIRTHDAY -> day(condition, p.birthday());
            case BIRTHDAY_MONTH ->
                choice(
                        condition,
                        p.birthday() == null
                                ? null
                                : Integer.toString(p.birthday().getMonthValue()));
            case BIRTHDAY_IN_DAYS -> number(condition, daysTo(p.birthday()));
            case CUSTOMER_SINCE_DAYS -> number(condition, daysSince(c.createdAt()));
            case CUSTOMER_SINCE -> day(condition, dayOf(c.createdAt()));
            case DAYS_SINCE_FIRST_ORDER -> number(condition, daysSince(s == null ? null : s.first()));
            case DAYS_SINCE_LAST_ORDER -> number(condition, daysSince(s == null ? null : s.last()));
            case FIRST_ORDER_ON -> day(condition, dayOf(s == null ? null : s.first()));
            case LAST_ORDER_ON -> day(condition, dayOf(s == null ? null : s.last()));
            case LATE_BY_DAYS -> lateness(condition, s);
            case ORDERS -> number(condition, BigDecimal.valueOf(s == null ? 0 : s.orders()));
            case VALUE -> number(condition, s == null ? BigDecimal.ZERO : s.value());
            case RFM_RECENCY -> number(condition, whole(s == null ? null : s.recency()));
            case RFM_FREQUENCY -> number(condition, whole(s == null ? null : s.frequency()));
            case RFM_MONETARY -> number(condition, whole(s == null ? null : s.monetary()));
            case RFM_NAME -> choice(condition, rfmName(s));
            case CHURN_RISK ->
                number(
                        condition,
                        s == null || s.churnRisk() == null
                                ? null
                                : new BigDecimal(s.churnRisk().toString()));
            case CLV -> number(condition, s == null ? null : s.clv());
        };
    }

    private static Verdict text(Condition condition, @Nullable String value) {
        return new Verdict(
                SameText.holds(condition.operator(), condition.values(), value),
                () -> value == null || value.isBlank()
                        ? t("segments.value.unknown")
                        : ValueWords.value(condition.field(), value));
    }

    private static Verdict exact(List<String> wanted, Operator operator, @Nullable String value) {
        return new Verdict(
                SameText.holdsExactly(operator, wanted, value),
                () -> value == null ? t("segments.value.unknown") : value);
    }

    private static Verdict tags(Condition condition, Set<String> tags) {
        List<String> wanted = condition.values();
        boolean holds = switch (condition.operator()) {
            case IS, IS_ANY_OF -> wanted.stream().anyMatch(w -> has(tags, w));
            case IS_ALL_OF -> wanted.stream().allMatch(w -> has(tags, w));
            case IS_NOT, IS_NONE_OF -> wanted.stream().noneMatch(w -> has(tags, w));
            case IS_KNOWN -> !tags.isEmpty();
            case IS_UNKNOWN -> tags.isEmpty();
            default -> throw new IllegalStateException("Tags know no " + condition.operator());
        };
        return new Verdict(
                holds, () -> tags.isEmpty() ? t("segments.value.none") : String.join(", ", new TreeSet<>(tags)));
    }

    private static boolean has(Set<String> tags, String wanted) {
        return tags.stream().anyMatch(tag -> SameText.same(tag, wanted));
    }

    private static Verdict choice(Condition condition, @Nullable String value) {
        boolean holds = switch (condition.operator()) {
            case IS_KNOWN -> value != null;
            case IS, IS_ANY_OF -> value != null && condition.values().contains(value);
            default ->
                value == null
                        || (condition.operator() != Operator.IS_UNKNOWN
                                && !condition.values().contains(value));
        };
        return new Verdict(
                holds, () -> value == null ? t("segments.value.unknown") : ValueWords.value(condition.field(), value));
    }

    private Verdict number(Condition condition, @Nullable BigDecimal value) {
        boolean holds = switch (condition.operator()) {
            case IS_KNOWN -> value != null;
            case IS_UNKNOWN -> value == null;
            default ->
                value == null
                        ? condition.operator().holdsOfUnknown()
                        : Comparison.of(condition.operator(), condition.values())
                                .holdsOf(value);
        };
        return new Verdict(
                holds,
                () -> value == null
                        ? t("segments.value.unknown")
                        : ValueWords.own(
                                condition.field().type(), value, context.scope().currency()));
    }

    private Verdict day(Condition condition, @Nullable LocalDate value) {
        return new Verdict(
                DayCondition.holds(condition.operator(), condition.values(), value, context.today()),
                () -> value == null ? t("segments.value.unknown") : Formats.date(value));
    }

    private Verdict lateness(Condition condition, @Nullable Summary s) {
        if (s == null || s.orderDays() < 2 || s.first() == null || s.last() == null) {
            return number(condition, null);
        }
        BigDecimal gaps = BigDecimal.valueOf(s.orderDays() - 1L);
        Instant morning = context.startOf(context.today());
        BigDecimal late = BigDecimal.valueOf(Duration.between(s.last(), morning).toSeconds())
                .multiply(gaps)
                .subtract(
                        BigDecimal.valueOf(Duration.between(s.first(), s.last()).toSeconds()));
        BigDecimal unit = SECONDS_A_DAY.multiply(gaps);
        boolean holds = switch (condition.operator()) {
            case IS_KNOWN -> true;
            case IS_UNKNOWN -> false;
            default -> Comparison.of(condition.operator(), condition.values()).holdsOf(late, unit);
        };
        return new Verdict(
                holds,
                () -> ValueWords.value(
                        condition.field(),
                        late.divide(unit, 0, RoundingMode.HALF_UP).toPlainString()));
    }

    private static @Nullable String rfmName(@Nullable Summary s) {
        return s == null || s.recency() == null || s.frequency() == null
                ? null
                : RfmName.of(s.recency(), s.frequency()).name();
    }

    private @Nullable BigDecimal age(@Nullable LocalDate birthday) {
        return birthday == null ? null : BigDecimal.valueOf(ChronoUnit.YEARS.between(birthday, context.today()));
    }

    private @Nullable BigDecimal daysTo(@Nullable LocalDate birthday) {
        return birthday == null
                ? null
                : BigDecimal.valueOf(
                        ChronoUnit.DAYS.between(context.today(), DayCondition.next(birthday, context.today())));
    }

    private @Nullable BigDecimal daysSince(@Nullable Instant at) {
        return at == null ? null : BigDecimal.valueOf(ChronoUnit.DAYS.between(context.dayOf(at), context.today()));
    }

    private @Nullable LocalDate dayOf(@Nullable Instant at) {
        return at == null ? null : context.dayOf(at);
    }

    private static @Nullable BigDecimal whole(@Nullable Integer number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private static List<String> lowerCase(List<String> values) {
        return values.stream().map(v -> v.toLowerCase(Locale.ROOT)).toList();
    }
}
