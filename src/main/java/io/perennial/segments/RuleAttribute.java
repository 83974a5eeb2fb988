package io.perennial.segments;

import io.perennial.customers.attributes.AttributeType;
import java.util.Map;

/**
 * Something a business itself keeps about its customers, as far as rules need it.
 *
 * @param key as rules hold it
 * @param choices names of its choices by number, in their order; empty for other types
 */
public record RuleAttribute(
        long id, String key, String name, AttributeType type, Map<Integer, String> choices, boolean archived) {

    /** How it is compared. */
    public FieldType fieldType() {
        return switch (type) {
            case TEXT -> FieldType.TEXT;
            case NUMBER -> FieldType.DECIMAL;
            case DATE -> FieldType.DATE;
            case YES_NO -> FieldType.ANSWER;
            case CHOICE -> FieldType.OPTION;
            case LIST -> FieldType.OPTIONS;
        };
    }
}
