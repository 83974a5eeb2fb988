package io.perennial.api.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A merge patch (RFC 7396) of a customer, described as what is in it.
 *
 * @param named the values it names: of those that are null in {@code input}, these are to be emptied
 */
@Schema(implementation = CustomerInput.class)
@JsonDeserialize(using = CustomerPatch.Reader.class)
record CustomerPatch(Set<String> named, CustomerInput input) {

    static class Reader extends ValueDeserializer<CustomerPatch> {

        @Override
        public CustomerPatch deserialize(JsonParser json, DeserializationContext context) {
            if (!json.isExpectedStartObjectToken()) {
                return (CustomerPatch) context.handleUnexpectedToken(context.constructType(CustomerPatch.class), json);
            }
            JsonNode patch = context.readTree(json);
            return new CustomerPatch(
                    Set.copyOf(patch.propertyNames()), context.readTreeAsValue(patch, CustomerInput.class));
        }
    }
}
