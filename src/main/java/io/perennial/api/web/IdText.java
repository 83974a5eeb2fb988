package io.perennial.api.web;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads an id as answers have it, a text, since it is larger than numbers of JavaScript are exact; or as a number, by whoever has
 * it as one.
 */
class IdText extends ValueDeserializer<Long> {

    private static final String DIGITS = "\\d{1,18}";

    @Override
    public Long deserialize(JsonParser json, DeserializationContext context) {
        if (json.currentToken() == JsonToken.VALUE_STRING && json.getString().matches(DIGITS)) {
            return Long.parseLong(json.getString());
        }
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? json.getLongValue()
                : (Long) context.handleUnexpectedToken(context.constructType(Long.class), json);
    }
}
