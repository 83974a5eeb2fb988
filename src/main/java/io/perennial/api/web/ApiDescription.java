package io.perennial.api.web;

import io.perennial.accounts.Permission;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;

/** What the description says beside what the controllers say themselves: the key, the scopes, the problems, the headers. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String KEY = "key";

    @Bean
    OpenApiCustomizer wholeDescription(ApiExamples examples) {
        return api -> {
            api.info(new Info()
                    .title("Perennial API")
                    .version("1")
                    .description(
                            "Customers, orders, segments, templates, campaigns and vouchers of one business. Lists go on "
                                    + "behind nextCursor. Refusals are problem details (RFC 9457)."));
            api.servers(List.of(new Server().url("/")));
            api.getComponents()
                    .addSecuritySchemes(
                            KEY,
                            new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
            ModelConverters.getInstance(true).readAll(ApiProblem.class).forEach(api.getComponents()::addSchemas);
            nameKinds(Objects.requireNonNull(api.getComponents().getSchemas().get(ApiProblem.class.getSimpleName())));
            WebhookDescription.addTo(api);
            examples.problems()
                    .forEach((kind, answer) ->
                            api.getComponents().addExamples(kind, new Example().value(plain(answer))));
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        examples.of(method.name(), path).ifPresent(example -> show(operation, example));
                        showRefusals(operation, examples.problems().keySet());
                    }));
        };
    }

    /** All kinds of problems there are, so that a program can know them. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static void nameKinds(Schema<?> problem) {
        Map<String, Schema> properties = problem.getProperties();
        Objects.requireNonNull(properties.get("type"))
                .setEnum(Arrays.stream(ApiProblem.Kind.values())
                        .map(ApiProblem.Kind::type)
                        .toList());
    }

    private static void show(Operation operation, ApiExamples.Example example) {
        operation.setSummary(example.title());
        if (!example.text().isEmpty()) {
            operation.setDescription(example.text() + " " + operation.getDescription());
        }
        if (example.body() != null && operation.getRequestBody() != null) {
            MediaType body = operation.getRequestBody().getContent().get(example.type());
            if (body != null) {
                body.setExample(plain(example.body()));
            }
        }
        ApiResponse answer = operation.getResponses().get(Integer.toString(example.status()));
        if (example.answer() != null && answer != null && answer.getContent() != null) {
            answer.getContent().values().forEach(content -> content.setExample(plain(example.answer())));
        }
    }

    /** Those that this operation can meet. */
    private static void showRefusals(Operation operation, Set<String> known) {
        List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
        boolean body = operation.getRequestBody() != null;
        Map<String, Boolean> met = new LinkedHashMap<>();
        met.put("unauthenticated", true);
        met.put("missing-scope", true);
        met.put("not-acceptable", true);
        met.put("method-not-allowed", true);
        met.put("not-found", parameters.stream().anyMatch(p -> "path".equals(p.getIn())));
        met.put("bad-parameter", parameters.stream().anyMatch(p -> "query".equals(p.getIn())));
        met.put("bad-cursor", parameters.stream().anyMatch(p -> "cursor".equals(p.getName())));
        met.put("malformed", body);
        met.put("unsupported-media-type", body);
        met.put("invalid", body);
        met.put(
                "idempotency-key-reused",
                parameters.stream().anyMatch(p -> RequestOnceFilter.HEADER.equals(p.getName())));
        MediaType refused = Objects.requireNonNull(
                Objects.requireNonNull(operation.getResponses().get("default"))
                        .getContent()
                        .get(ApiProblem.MEDIA_TYPE));
        met.forEach((kind, can) -> {
            if (can && known.contains(kind)) {
                refused.addExamples(kind, new Example().$ref("#/components/examples/" + kind));
            }
        });
    }

    /** As the older Jackson, which writes the description, knows it. */
    private static Object plain(JsonNode node) {
        return node.isString()
                ? node.asString()
                : new tools.jackson.databind.json.JsonMapper().convertValue(node, Object.class);
    }

    @Bean
    OperationCustomizer eachOperation() {
        return (operation, method) -> {
            Needs needs = method.getMethodAnnotation(Needs.class);
            if (needs != null) {
                List<String> scopes =
                        Arrays.stream(needs.value()).map(Permission::authority).toList();
                operation.description("Needs " + String.join(", ", scopes) + ".");
                operation.addSecurityItem(new SecurityRequirement().addList(KEY, scopes));
            }
            String part = method.getBeanType().getSimpleName().replace("Api", "");
            operation.setTags(List.of(part));
            operation.setOperationId(method.getMethod().getName() + part);
            if (method.hasMethodAnnotation(PostMapping.class)) {
                operation.addParametersItem(new HeaderParameter()
                        .name(RequestOnceFilter.HEADER)
                        .description("Names the request, so that it happens once however often it is sent")
                        .schema(new StringSchema().minLength(1).maxLength(255)));
            }
            refusals(operation, method);
            return operation;
        };
    }

    private static void refusals(Operation operation, HandlerMethod method) {
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("Refused")
                                .addHeaderObject(
                                        "Retry-After", new Header().schema(new Schema<String>().type("string")))
                                .content(new Content()
                                        .addMediaType(
                                                ApiProblem.MEDIA_TYPE,
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/ApiProblem")))));
        if (method.getMethod().getReturnType() == org.springframework.http.ResponseEntity.class) {
            ApiResponse ok = operation.getResponses().get("200");
            if (ok != null) {
                operation
                        .getResponses()
                        .addApiResponse(
                                "201", new ApiResponse().description("Made").content(ok.getContent()));
            }
        }
    }
}
