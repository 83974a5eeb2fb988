package io.perennial.segments;

import io.perennial.kernel.CustomerId;
import io.perennial.segments.Rule.Condition;
import io.perennial.segments.Rule.Field;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.Formats;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What one customer has where conditions ask, in words. */
@Component
@TenantSql("One customer's own rows, by their keys.")
class OwnValues {

    private final JdbcClient jdbc;

    OwnValues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is known of a customer, read once. */
    Map<String, @Nullable Object> read(CustomerId customer, RuleContext context) {
        return jdbc
                .sql("SELECT c.first_name, c.last_name, c.email, c.city, c.country, c.locale, c.gender, c.birthday, "
                        + "c.created_at, s.orders, s.value, s.first_order_at, s.last_order_at, s.rfm_recency, "
                        + "s.rfm_frequency, s.rfm_monetary, s.churn_risk, s.clv, "
                        + "(SELECT GROUP_CONCAT(m.tag ORDER BY m.tag SEPARATOR ', ') FROM customer_tag m "
                        + "WHERE m.tenant_id = c.tenant_id AND m.customer_id = c.id) AS tags "
                        + "FROM customer c LEFT JOIN customer_summary s ON s.tenant_id = c.tenant_id "
                        + "AND s.customer_id = c.id WHERE c.tenant_id = ? AND c.id = ?")
                .params(context.tenant().value(), customer.value())
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    /** In words; empty where nothing is to be added to the condition. */
    String of(Rule rule, Map<String, @Nullable Object> known, RuleContext context) {
        return rule instanceof Condition condition && !known.isEmpty() ? of(condition.field(), known, context) : "";
    }

    private static String of(Field field, Map<String, @Nullable Object> known, RuleContext context) {
        return switch (field) {
            case FIRST_NAME -> text(known.get("first_name"));
            case LAST_NAME -> text(known.get("last_name"));
            case EMAIL -> text(known.get("email"));
            case CITY -> text(known.get("city"));
            case COUNTRY -> text(known.get("country"));
            case LOCALE -> text(known.get("locale"));
            case GENDER -> text(known.get("gender"));
            case TAG -> text(known.get("tags"));
            case AGE, BIRTHDAY_IN_DAYS -> Formats.date(day(known.get("birthday")));
            case CUSTOMER_SINCE_DAYS -> days(known.get("created_at"), context);
            case DAYS_SINCE_FIRST_ORDER -> days(known.get("first_order_at"), context);
            case DAYS_SINCE_LAST_ORDER -> days(known.get("last_order_at"), context);
            case ORDERS -> number(known.get("orders"), true);
            case VALUE -> number(known.get("value"), true);
            case RFM_RECENCY -> number(known.get("rfm_recency"), false);
            case RFM_FREQUENCY -> number(known.get("rfm_frequency"), false);
            case RFM_MONETARY -> number(known.get("rfm_monetary"), false);
            case CLV -> number(known.get("clv"), false);
            case CHURN_RISK -> Formats.percent((Number) known.get("churn_risk"), 1);
            default -> "";
        };
    }

    private static String text(@Nullable Object value) {
        return value == null || value.toString().isBlank() ? Formats.NONE : value.toString();
    }

    private static @Nullable LocalDate day(@Nullable Object value) {
        return value instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) value;
    }

    private static String number(@Nullable Object value, boolean zeroWhenMissing) {
        Number number = (Number) value;
        if (number == null) {
            return zeroWhenMissing ? Formats.number(0) : Formats.NONE;
        }
        int scale = number instanceof BigDecimal big
                ? Math.max(0, big.stripTrailingZeros().scale())
                : 0;
        return Formats.decimal(number, scale);
    }

    private static String days(@Nullable Object value, RuleContext context) {
        LocalDateTime at = value instanceof java.sql.Timestamp stamp ? stamp.toLocalDateTime() : (LocalDateTime) value;
        return at == null
                ? Formats.NONE
                : Formats.number(ChronoUnit.DAYS.between(
                        at.toInstant(ZoneOffset.UTC).atZone(context.zone()).toLocalDate(), context.today()));
    }
}
