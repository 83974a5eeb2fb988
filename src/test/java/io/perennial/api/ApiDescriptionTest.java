package io.perennial.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.perennial.accounts.Permission;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether the description says what the API does: its operations are the ones there are, its answers are as described. */
@IntegrationTest
class ApiDescriptionTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping addresses;

    ApiClient programs;
    ApiKeys.Made key;
    JsonNode description;
    TenantId acme;
    Map<String, String> parts = new LinkedHashMap<>();
    /** Which codes each operation answered with. */
    final Map<String, Set<String>> answered = new TreeMap<>();

    @BeforeEach
    void aBusinessAndTheDescription() {
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        acme = tenants.fresh("Acme");
        key = programs.key(acme);
        description = programs.send((String) null, HttpMethod.GET, "/openapi.json", null, null)
                .body();
    }

    @Test
    void itDescribesEveryOperationAndNoOther() {
        Set<String> there = new TreeSet<>();
        addresses.getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith("io.perennial.api")) {
                for (String path : mapping.getPatternValues()) {
                    for (RequestMethod each : mapping.getMethodsCondition().getMethods()) {
                        if (!path.equals("/api/docs")) { // for people
                            there.add(each + " " + path);
                        }
                    }
                }
            }
        });
        Set<String> described = new TreeSet<>();
        description
                .get("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        assertThat(described).isEqualTo(there).hasSizeGreaterThan(20);
        assertThat(description.get("openapi").asString()).startsWith("3.1");
        description
                .get("paths")
                .forEach(methods -> methods.forEach(operation -> {
                    assertThat(operation.get("security"))
                            .as(operation.toString())
                            .isNotEmpty();
                    assertThat(operation.get("responses").get("default")).isNotNull();
                }));
    }

    /** Requests to every operation: what is answered, good or refused, is as the description says. */
    @Test
    void answersAreAsDescribed() {
        check(
                "POST",
                "/customers",
                "{\"externalId\":\"c1\",\"email\":\"ada@shop.example\",\"tags\":[\"vip\"]}",
                "customer");
        check("POST", "/customers", "{\"externalId\":\"c1\",\"lastName\":\"Nováková\"}", null);
        check("PATCH", "/customers/{customer}", "{\"city\":\"Brno\"}", null);
        check("GET", "/customers", null, null);
        check("GET", "/customers/{customer}", null, null);
        check("PUT", "/customers/{customer}/consents/{topic}", "{\"status\":\"GRANTED\",\"source\":\"till\"}", null);
        check("GET", "/customers/{customer}/consents", null, null);
        check(
                "POST",
                "/orders",
                "{\"number\":\"A-1\",\"customer\":{\"externalId\":\"c1\"},\"orderedAt\":\"2026-03-01T10:00:00Z\","
                        + "\"lines\":[{\"product\":\"Kenya AA\",\"amount\":250.5}]}",
                null);
        check(
                "POST",
                "/orders",
                "{\"number\":\"A-1\",\"customer\":{\"externalId\":\"c1\"},\"orderedAt\":\"2026-03-01T10:00:00Z\","
                        + "\"lines\":[{\"product\":\"Kenya AA\",\"amount\":240}]}",
                null);
        check("GET", "/orders", null, null);
        check("GET", "/orders/{number}", null, null);
        check("GET", "/segments", null, null);
        check(
                "POST",
                "/templates",
                "{\"name\":\"Hello\",\"subject\":\"Hi\",\"mjml\":\"<mjml><mj-body></mj-body></mjml>\"}",
                "template");
        check("GET", "/templates", null, null);
        check("GET", "/templates/{template}", null, null);
        check("POST", "/campaigns", "{\"name\":\"News\"}", "campaign");
        check("GET", "/campaigns", null, null);
        check("GET", "/campaigns/{campaign}", null, null);
        check("GET", "/campaigns/{campaign}/progress", null, null);
        check("POST", "/campaigns/{campaign}/cancel", null, null);
        check("GET", "/promotions", null, null);
        check("POST", "/vouchers/check", "{\"code\":\"AAAA\"}", null);
        check("POST", "/vouchers/redeem", "{\"code\":\"AAAA\"}", null);
        check("DELETE", "/customers/{customer}", null, null);
        // Every other one is refused, since there is nothing by these ids.
        description
                .get("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> check(
                                method.toUpperCase(java.util.Locale.ROOT),
                                path.substring("/api/v1".length()),
                                "get".equals(method) ? null : "{}",
                                null)));
        Map<String, Set<String>> never = new TreeMap<>();
        examples()
                .forEachEntry((operation, example) ->
                        note(operation, example.get("status").asInt()));
        everyOperation((operation, responses) -> {
            Set<String> codes = new TreeSet<>(responses.propertyNames());
            codes.removeAll(answered.getOrDefault(operation, Set.of()));
            codes.remove("default"); // below
            if (!codes.isEmpty()) {
                never.put(operation, codes);
            }
        });
        assertThat(never)
                .as("codes that are described and that neither this test nor an example of the page gets")
                .isEmpty();
    }

    /** The examples' codes, which {@link ApiExamplesTest} gets. */
    private static JsonNode examples() {
        try {
            return JSON.readTree(new ClassPathResource("api/examples.json").getContentAsByteArray())
                    .get("operations");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void everyOperation(BiConsumer<String, JsonNode> deed) {
        description
                .get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> deed.accept(
                        method.toUpperCase(java.util.Locale.ROOT) + " " + path.substring("/api/v1".length()),
                        operation.get("responses"))));
    }

    private void note(String operation, int status) {
        answered.computeIfAbsent(operation, o -> new TreeSet<>()).add(Integer.toString(status));
    }

    /** Every operation is refused to a key without its scope, as the description says that it refuses. */
    @Test
    void everyOperationRefusesAsDescribed() {
        ApiKeys.Made redeeming = programs.key(acme, Permission.PROMOTION_REDEEM);
        ApiKeys.Made reading = programs.key(acme, Permission.CUSTOMER_READ);
        everyOperation((operation, responses) -> {
            String path = operation.substring(operation.indexOf(' ') + 1);
            HttpMethod method = HttpMethod.valueOf(operation.substring(0, operation.indexOf(' ')));
            ApiClient.Answer answer = programs.send(
                    path.startsWith("/vouchers") ? reading : redeeming,
                    method,
                    path.replaceAll("\\{\\w+}", "1"),
                    method == HttpMethod.GET ? null : "{}",
                    null);
            assertThat(answer.status()).as(operation + ": " + answer.body()).isGreaterThanOrEqualTo(400);
            assertThat(problems(
                            responses
                                    .get("default")
                                    .get("content")
                                    .get("application/problem+json")
                                    .get("schema"),
                            answer.body()))
                    .as(operation + ": " + answer.body())
                    .isEmpty();
        });
    }

    private void check(String method, String template, String body, String remember) {
        JsonNode operation =
                description.get("paths").get("/api/v1" + template).get(method.toLowerCase(java.util.Locale.ROOT));
        String path = template;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            path = path.replace("{" + part.getKey() + "}", part.getValue());
        }
        path = path.replace("{topic}", "news").replace("{number}", "A-1").replaceAll("\\{\\w+}", "1");
        ApiClient.Answer answer = programs.send(key, HttpMethod.valueOf(method), path, body, null);
        JsonNode responses = operation.get("responses");
        String status = Integer.toString(answer.status());
        note(method + " " + template, answer.status());
        JsonNode described = responses.has(status) ? responses.get(status) : responses.get("default");
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isLessThan(500);
        String type = answer.status() < 400 ? "application/json" : "application/problem+json";
        assertThat(answer.raw().getContentType()).as(method + " " + path).startsWith(type);
        JsonNode schema = described.get("content").get(type).get("schema");
        assertThat(problems(schema, answer.body()))
                .as("%s %s: %s", method, path, answer.body())
                .isEmpty();
        if (body != null && answer.status() < 300 && operation.has("requestBody")) {
            JsonNode wanted = operation.get("requestBody").get("content");
            assertThat(problems(wanted.iterator().next().get("schema"), JSON.readTree(body)))
                    .as("the request of %s %s", method, path)
                    .isEmpty();
        }
        if (remember != null) {
            parts.put(remember, answer.body().get("id").asString());
        }
    }

    private java.util.List<?> problems(JsonNode schema, JsonNode value) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", description.get("components"));
        whole.setAll((ObjectNode) schema);
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);
        return compiled.validate(value.toString(), InputFormat.JSON);
    }
}
