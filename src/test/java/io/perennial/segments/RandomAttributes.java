package io.perennial.segments;

import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.kernel.TenantId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.jdbc.core.JdbcTemplate;

/** One attribute of each type, and values of customers; their ids are the same in every business, as a trap. */
final class RandomAttributes {

    private static final Map<Integer, String> SIZES = Map.of(1, "S", 2, "M", 3, "L");

    static final List<RuleAttribute> ALL = List.of(
            new RuleAttribute(1, "note", "Note", AttributeType.TEXT, Map.of(), false),
            new RuleAttribute(2, "pets", "Pets", AttributeType.NUMBER, Map.of(), false),
            new RuleAttribute(3, "until", "Contract until", AttributeType.DATE, Map.of(), false),
            new RuleAttribute(4, "garden", "Garden", AttributeType.YES_NO, Map.of(0, "no", 1, "yes"), false),
            new RuleAttribute(5, "size", "Size", AttributeType.CHOICE, SIZES, false),
            new RuleAttribute(6, "wears", "Wears", AttributeType.LIST, SIZES, false));

    private final Random random;
    private final JdbcTemplate jdbc;
    private final TenantId tenant;

    RandomAttributes(Random random, JdbcTemplate jdbc, TenantId tenant) {
        this.random = random;
        this.jdbc = jdbc;
        this.tenant = tenant;
    }

    static List<String> wanted(AttributeType type) {
        return switch (type) {
            case TEXT -> List.of("likes cats", "LIKES", "dogs", "e", "%");
            case NUMBER -> List.of("0", "-1.5", "2", "3.25");
            case DATE -> {
                LocalDate today = LocalDate.now();
                yield List.of(
                        today.toString(),
                        today.plusDays(20).toString(),
                        today.minusDays(30).toString(),
                        "2000-02-29");
            }
            case YES_NO -> List.of("true", "false");
            case CHOICE, LIST -> List.of("1", "2", "3");
        };
    }

    void define() {
        for (RuleAttribute attribute : ALL) {
            jdbc.update(
                    "INSERT INTO customer_attribute (tenant_id, id, attribute_key, name, type, position) "
                            + "VALUES (?, ?, ?, ?, ?, 0)",
                    tenant.value(),
                    attribute.id(),
                    attribute.key(),
                    attribute.name(),
                    attribute.type().name());
            attribute
                    .choices()
                    .forEach((number, name) -> jdbc.update(
                            "INSERT INTO customer_attribute_choice (tenant_id, attribute_id, choice, name, position) "
                                    + "VALUES (?, ?, ?, ?, 0)",
                            tenant.value(),
                            attribute.id(),
                            number,
                            name));
        }
    }

    Map<Long, AttributeValue> values() {
        Map<Long, AttributeValue> values = new HashMap<>();
        for (RuleAttribute attribute : ALL) {
            if (random.nextInt(3) > 0) {
                values.put(attribute.id(), value(attribute.type()));
            }
        }
        return values;
    }

    private AttributeValue value(AttributeType type) {
        return switch (type) {
            case TEXT -> new AttributeValue.Text(pick(List.of("Likes cats", "líkes dogs", "100%", "x")));
            case NUMBER -> new AttributeValue.Number(new BigDecimal(pick(List.of("-1.5", "0", "2", "3.25", "7"))));
            case DATE ->
                new AttributeValue.Day(
                        random.nextInt(5) == 0
                                ? LocalDate.of(2000, 2, 29)
                                : LocalDate.now().plusDays(random.nextInt(120) - 60L));
            case YES_NO -> new AttributeValue.YesNo(random.nextBoolean());
            case CHOICE -> AttributeValue.Choices.of(1 + random.nextInt(3));
            case LIST ->
                random.nextBoolean()
                        ? AttributeValue.Choices.of(1 + random.nextInt(3))
                        : AttributeValue.Choices.of(1, 2 + random.nextInt(2));
        };
    }

    void store(CustomerFacts c) {
        c.attributes().forEach((attribute, value) -> {
            switch (value) {
                case AttributeValue.Text text -> insert("customer_text", "value", c, attribute, text.text());
                case AttributeValue.Number number -> insert("customer_number", "value", c, attribute, number.number());
                case AttributeValue.Day day -> insert("customer_date", "value", c, attribute, day.day());
                case AttributeValue.YesNo answer ->
                    insert("customer_choice", "choice", c, attribute, answer.yes() ? 1 : 0);
                case AttributeValue.Choices chosen ->
                    chosen.numbers().forEach(n -> insert("customer_choice", "choice", c, attribute, n));
            }
        });
    }

    private void insert(String table, String column, CustomerFacts c, long attribute, Object value) {
        jdbc.update(
                "INSERT INTO " + table + " (tenant_id, customer_id, attribute_id, " + column + ") VALUES (?, ?, ?, ?)",
                tenant.value(),
                c.id(),
                attribute,
                value);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
