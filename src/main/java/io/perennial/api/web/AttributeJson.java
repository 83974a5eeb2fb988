package io.perennial.api.web;

import io.perennial.customers.attributes.AttributeId;
import io.perennial.customers.attributes.AttributeText;
import io.perennial.customers.attributes.AttributeType;
import io.perennial.customers.attributes.AttributeValue;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.attributes.InvalidAttributeValue;
import io.perennial.kernel.CustomerId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Attributes as JSON has them: text, number, true or false, a day as text, the name of a choice, names of a list. */
@Component
class AttributeJson {

    private final CustomerAttributes attributes;

    AttributeJson(CustomerAttributes attributes) {
        this.attributes = attributes;
    }

    /** What these customers have, by the customer's id. */
    Map<Long, Map<String, Object>> of(Collection<Long> customers) {
        Map<Long, Map<String, Object>> found = new HashMap<>();
        if (customers.isEmpty()) {
            return found;
        }
        for (CustomerAttribute attribute : attributes.list()) {
            attributes
                    .of(attribute, customers)
                    .forEach((customer, value) -> found.computeIfAbsent(customer, id -> new LinkedHashMap<>())
                            .put(attribute.key(), json(attribute, value)));
        }
        return found;
    }

    /**
     * Sets values of a customer.
     *
     * @param given by key; null takes one away
     */
    void set(CustomerId customer, Map<String, @Nullable Object> given) {
        if (given.isEmpty()) {
            return;
        }
        Map<String, CustomerAttribute> known =
                attributes.list().stream().collect(Collectors.toMap(CustomerAttribute::key, a -> a));
        Map<AttributeId, Optional<AttributeValue>> values = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            CustomerAttribute attribute = known.get(key);
            if (attribute == null) {
                throw Refused.invalid(pointer(key), "This business has no attribute “" + key + "”.");
            }
            values.put(attribute.id(), Optional.ofNullable(value).map(v -> value(attribute, v)));
        });
        attributes.setAll(customer, values);
    }

    private static AttributeValue value(CustomerAttribute attribute, Object json) {
        try {
            return AttributeText.read(attribute, text(attribute, json));
        } catch (InvalidAttributeValue e) {
            throw Refused.invalid(pointer(attribute.key()), e.getMessage());
        }
    }

    private static String text(CustomerAttribute attribute, Object json) {
        boolean fits = switch (attribute.type()) {
            case TEXT, DATE, CHOICE -> json instanceof String;
            case NUMBER -> json instanceof Number;
            case YES_NO -> json instanceof Boolean;
            case LIST -> json instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
        };
        if (!fits) {
            throw Refused.invalid(
                    pointer(attribute.key()), "“" + attribute.key() + "” is " + words(attribute.type()) + ".");
        }
        return switch (json) {
            case List<?> list ->
                list.stream().map(String::valueOf).collect(Collectors.joining(AttributeText.SEPARATOR));
            case BigDecimal number -> number.toPlainString();
            default -> json.toString();
        };
    }

    private static String words(AttributeType type) {
        return switch (type) {
            case TEXT -> "a text";
            case NUMBER -> "a number";
            case DATE -> "a day as text, 2026-03-29 for instance";
            case YES_NO -> "true or false";
            case CHOICE -> "the name of a choice";
            case LIST -> "an array of names of choices";
        };
    }

    private static Object json(CustomerAttribute attribute, AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> text.text();
            case AttributeValue.Number number -> number.number();
            case AttributeValue.Day day -> day.day().toString();
            case AttributeValue.YesNo answer -> answer.yes();
            case AttributeValue.Choices chosen -> {
                List<String> names = AttributeText.names(attribute, chosen);
                yield attribute.type() == AttributeType.LIST ? new ArrayList<>(names) : names.getFirst();
            }
        };
    }

    private static String pointer(String key) {
        return "#/attributes/" + key.replace("~", "~0").replace("/", "~1");
    }
}
