package io.perennial.api.web;

import java.time.DateTimeException;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a day or a time as it is described, as text (ISO 8601, RFC 3339). No number: whether it meant seconds or milliseconds
 * nobody said. No list of numbers, of which an empty one would be no time at all.
 */
class TimeText<T> extends ValueDeserializer<T> {

    private final Class<T> type;
    private final Function<String, T> parser;

    TimeText(Class<T> type, Function<String, T> parser) {
        this.type = type;
        this.parser = parser;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return type.cast(context.handleUnexpectedToken(context.constructType(type), json));
        }
        String text = json.getString().strip();
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            return type.cast(context.handleWeirdStringValue(type, text, "no " + type.getSimpleName()));
        }
    }
}
