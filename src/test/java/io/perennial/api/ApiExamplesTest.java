package io.perennial.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Permission;
import io.perennial.support.IntegrationTest;
import io.perennial.webhooks.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends every example of the page of the API to the running server, one after the other in one business, and holds the
 * answers against those on the page: the same status, the same values of the same kinds. Run with {@code
 * -Dapi.examples.write=true} it writes the answers anew.
 */
@IntegrationTest
class ApiExamplesTest {

    private static final Path FILE = Path.of("src/main/resources/api/examples.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Autowired
    ApplicationContext application;

    private ApiClient programs;
    private ApiKeys.Made key;
    private ApiKeys.Made narrow;
    private Map<String, String> ids;

    @BeforeEach
    void aBusinessWithSomethingOfEverything() {
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        ExampleShop shop = application.getAutowireCapableBeanFactory().createBean(ExampleShop.class);
        ids = new LinkedHashMap<>(shop.open("Roastery"));
        key = programs.key(shop.tenant());
        narrow = programs.key(shop.tenant(), Permission.PROMOTION_REDEEM);
    }

    @Test
    void everyExampleIsAnsweredAsThePageSays() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Files.readString(FILE));
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : file.get("operations").properties()) {
            ObjectNode example = (ObjectNode) each.getValue();
            ApiClient.Answer answer = send(each.getKey(), example);
            JsonNode body = answered(answer);
            if (answer.status() >= 300) {
                wrong.add(each.getKey() + ": " + answer.status() + " " + body);
            } else if (example.path("status").asInt() != answer.status()) {
                wrong.add(each.getKey() + ": " + answer.status() + ", not " + example.path("status"));
            } else if (example.has("answer")) {
                differ(each.getKey(), example.get("answer"), body, wrong);
            }
            if (example.has("remember")) {
                ids.put(example.get("remember").asString(), body.get("id").asString());
            }
            example.put("status", answer.status());
            example.set("answer", body);
            settle(each.getKey());
        }
        for (Map.Entry<String, JsonNode> each : file.get("problems").properties()) {
            JsonNode answer = refused((ObjectNode) each.getValue());
            // Word for word, but for the ids in it.
            if (!bare(answer).equals(bare(each.getValue().path("answer")))
                    || !answer.path("type").asString().endsWith(":" + each.getKey())) {
                wrong.add(each.getKey() + ": " + answer + ", not "
                        + each.getValue().path("answer"));
            }
            ((ObjectNode) each.getValue()).set("answer", answer);
        }
        if (Boolean.getBoolean("api.examples.write")) {
            ObjectNode known = JSON.createObjectNode();
            ids.forEach(known::put);
            file.set("ids", known);
            Files.writeString(FILE, JSON.writeValueAsString(file) + "\n");
        }
        assertThat(wrong)
                .as("run ./mvnw test -Dtest=ApiExamplesTest -Dapi.examples.write=true, look at what changed, commit it")
                .isEmpty();
    }

    private JsonNode refused(ObjectNode example) {
        String with = switch (example.path("key").asString("")) {
            case "none" -> null;
            case "narrow" -> narrow.text().reveal();
            default -> key.text().reveal();
        };
        ApiClient.Answer answer = ask(example, with);
        if (example.has("once")) { // something else was asked under that name before
            example = example.deepCopy().put("body", "{\"code\":\"EFGH\"}");
            answer = ask(example, with);
        }
        assertThat(answer.raw().getContentType()).as("%s: %s", example, answer).startsWith("application/problem+json");
        return answer.body();
    }

    private ApiClient.Answer ask(ObjectNode example, String with) {
        JsonNode body = example.get("body");
        return programs.sendWith(
                with,
                HttpMethod.valueOf(example.get("method").asString()),
                filled(example.get("path").asString()),
                body == null ? null : filled(body.asString()),
                headers(example));
    }

    private static Map<String, String> headers(ObjectNode example) {
        Map<String, String> headers = new LinkedHashMap<>();
        Map.of("accept", "Accept", "type", "Content-Type", "once", "Idempotency-Key")
                .forEach((name, header) -> {
                    if (example.has(name)) {
                        headers.put(header, example.get(name).asString());
                    }
                });
        if (example.has("body") && !example.has("type")) {
            headers.put("Content-Type", "application/json");
        }
        return headers;
    }

    private static String bare(JsonNode answer) {
        return answer.toString().replaceAll("\\d{10,}", "0");
    }

    /** What cannot be caused by one request at any time, and what is our fault. */
    @Test
    void thereIsOneForEveryKindOfRefusalThatAProgramCausesByARequest() throws IOException {
        TreeSet<String> kinds = new TreeSet<>(
                Set.of("business-stopped", "in-progress", "too-large", "too-many-requests", "internal", "unavailable"));
        JsonNode file = JSON.readTree(Files.readString(FILE));
        file.get("problems").propertyNames().forEach(kinds::add);
        JsonNode description = programs.send((String) null, HttpMethod.GET, "/openapi.json", null, null)
                .body();
        TreeSet<String> described = new TreeSet<>();
        description
                .at("/components/schemas/ApiProblem/properties/type/enum")
                .forEach(kind ->
                        described.add(kind.asString().substring(kind.asString().lastIndexOf(':') + 1)));
        assertThat(kinds).isEqualTo(described);
        assertThat(description.at("/components/examples").propertyNames())
                .containsExactlyElementsOf(file.get("problems").propertyNames());
        description
                .get("paths")
                .forEach(methods -> methods.forEach(operation -> operation
                        .at("/responses/default/content/application~1problem+json/examples")
                        .forEach(example -> assertThat(description.at(
                                        example.get("$ref").asString().substring(1)))
                                .as(example.toString())
                                .isNotEmpty())));
    }

    @Test
    void thereIsOneForEveryOperation() throws IOException {
        TreeSet<String> described = new TreeSet<>();
        programs.send((String) null, HttpMethod.GET, "/openapi.json", null, null)
                .body()
                .get("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> described.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.substring("/api/v1".length()))));
        TreeSet<String> shown = new TreeSet<>();
        JSON.readTree(Files.readString(FILE)).get("operations").propertyNames().forEach(shown::add);
        assertThat(shown).isEqualTo(described);
    }

    @Test
    void thePageShowsThemAllAndRunsNoScript() throws IOException {
        MockHttpServletResponse page = programs.page("/api/docs");
        assertThat(page.getStatus()).isEqualTo(200);
        String html = page.getContentAsString(StandardCharsets.UTF_8);
        JSON.readTree(Files.readString(FILE))
                .get("operations")
                .forEach(example ->
                        assertThat(html).contains(">" + example.get("title").asString() + "<"));
        EventType.OFFERED.forEach(type -> assertThat(html).contains(">" + type.id() + "<"));
        assertThat(html).doesNotContain("<script").doesNotContain("style=");
        assertThat(page.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("style-src 'sha256-")
                .doesNotContain("unsafe");
        Files.writeString(Path.of("target/api-docs.html"), html);
    }

    private ApiClient.Answer send(String name, JsonNode example) {
        String path = filled(example.get("path").asString());
        JsonNode body = example.get("body");
        HttpMethod method = HttpMethod.valueOf(name.substring(0, name.indexOf(' ')));
        if (name.startsWith("PUT /templates")) {
            ((ObjectNode) body).set("version", programs.get(key, path).body().get("version"));
        }
        if (body != null && body.isString()) {
            return programs.upload(
                    key, path, example.get("type").asString(), body.asString().getBytes(StandardCharsets.UTF_8));
        }
        return programs.send(key, method, path, body == null ? null : filled(body.toString()), null);
    }

    /** What goes on in the background is over before the next example asks for it. */
    private void settle(String name) {
        if (name.equals("POST /imports") || name.equals("POST /imports/{import}/undo")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !programs.get(
                                    key, "/imports/" + ids.get("import") + (name.endsWith("undo") ? "/undo" : ""))
                            .body()
                            .get("finishedAt")
                            .isNull());
        }
    }

    private static JsonNode answered(ApiClient.Answer answer) {
        return String.valueOf(answer.raw().getContentType()).startsWith("text/")
                ? JSON.getNodeFactory()
                        .stringNode(new String(answer.raw().getContentAsByteArray(), StandardCharsets.UTF_8))
                : answer.body();
    }

    private String filled(String text) {
        Matcher parts = Pattern.compile("\\{(\\w+)}").matcher(text);
        return parts.replaceAll(part -> Matcher.quoteReplacement(ids.getOrDefault(part.group(1), part.group())));
    }

    /** The same names, and values of the same kind; what is null now and then may be either. */
    private static void differ(String where, JsonNode shown, JsonNode is, List<String> wrong) {
        if (shown.isNull() || is.isNull()) {
            return;
        }
        if (shown.getNodeType() != is.getNodeType()) {
            wrong.add(where + ": " + is.getNodeType() + ", not " + shown.getNodeType());
        } else if (shown.isObject()) {
            TreeSet<String> names = new TreeSet<>(shown.propertyNames());
            if (!names.equals(new TreeSet<>(is.propertyNames()))) {
                wrong.add(where + ": " + is.propertyNames() + ", not " + names);
                return;
            }
            names.forEach(name -> differ(where + "/" + name, shown.get(name), is.get(name), wrong));
        } else if (shown.isArray() && !shown.isEmpty() && !is.isEmpty()) {
            differ(where + "/0", shown.get(0), is.get(0), wrong);
        }
    }
}
