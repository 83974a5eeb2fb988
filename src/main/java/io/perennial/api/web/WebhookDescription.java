package io.perennial.api.web;

import io.perennial.webhooks.EventType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Set;

/** The webhooks of the description: each event with its shape, made from the records that are sent. */
final class WebhookDescription {

    private WebhookDescription() {}

    static void addTo(OpenAPI api) {
        for (EventType type : EventType.values()) {
            ResolvedSchema data = ModelConverters.getInstance(true)
                    .readAllAsResolvedSchema(new AnnotatedType(type.data()).resolveAsRef(false));
            data.referencedSchemas.forEach((name, schema) -> {
                if (schema != data.schema) {
                    api.getComponents().addSchemas(name, schema);
                }
            });
            api.addWebhooks(type.id(), new PathItem().post(operation(type, data.schema)));
        }
    }

    private static Operation operation(EventType type, Schema<?> data) {
        return new Operation()
                .operationId(type.id())
                .tags(List.of("Webhooks"))
                .parameters(List.of(
                        header("webhook-id", "The event's id: the same however often it is sent"),
                        header("webhook-timestamp", "When it was sent, in seconds since 1970"),
                        header(
                                "webhook-signature",
                                "v1,… over id, timestamp and body; two while a secret is replaced")))
                .requestBody(new RequestBody()
                        .required(true)
                        .content(new Content()
                                .addMediaType("application/json", new MediaType().schema(event(type, data)))))
                .responses(new ApiResponses()
                        .addApiResponse("2XX", new ApiResponse().description("Taken"))
                        .addApiResponse("410", new ApiResponse().description("Nothing more is wanted"))
                        .addApiResponse("default", new ApiResponse().description("Sent again later")));
    }

    private static HeaderParameter header(String name, String description) {
        HeaderParameter header = new HeaderParameter();
        header.name(name).description(description).required(true).schema(new StringSchema());
        return header;
    }

    private static Schema<?> event(EventType type, Schema<?> data) {
        Schema<Object> event = new Schema<>();
        event.setTypes(Set.of("object"));
        event.addProperty("type", constant("string", type.id()));
        event.addProperty("version", constant("integer", type.version()));
        Schema<Object> at = new Schema<>();
        at.setTypes(Set.of("string"));
        at.setFormat("date-time");
        event.addProperty("timestamp", at);
        event.addProperty("data", data);
        event.setRequired(List.of("type", "version", "timestamp", "data"));
        return event;
    }

    private static Schema<Object> constant(String type, Object value) {
        Schema<Object> schema = new Schema<>();
        schema.setTypes(Set.of(type));
        schema.setConst(value);
        return schema;
    }
}
