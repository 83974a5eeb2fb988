package io.perennial.api.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for each operation with what it is answered, and one for each kind of problem that a program can cause.
 * {@code ApiExamplesTest} sends them all to the running server and compares; with {@code -Dapi.examples.write=true} it writes
 * the answers anew.
 */
@Component
class ApiExamples {

    private static final String FILE = "api/examples.json";

    private final Map<String, Example> operations = new LinkedHashMap<>();
    private final Map<String, JsonNode> problems = new LinkedHashMap<>();

    ApiExamples(JsonMapper json) throws IOException {
        try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
            JsonNode file = json.readTree(in);
            Map<String, String> ids = new LinkedHashMap<>();
            file.get("ids").forEachEntry((name, id) -> ids.put(name, id.asString()));
            file.get("operations").forEachEntry((name, example) -> operations.put(name, Example.of(example, ids)));
            file.get("problems").forEachEntry((kind, example) -> {
                if (example.has("answer")) {
                    problems.put(kind, example.get("answer"));
                }
            });
        }
    }

    /**
     * An example.
     *
     * @param title what the operation is for
     * @param text what is to be known about it; may be empty
     * @param path with its query, below the API's root
     * @param type of the body; nothing where there is none
     * @param body a JSON document, or a text
     * @param status of the answer; 0 as long as it was never sent
     * @param answer nothing where it has no body
     */
    record Example(
            String title,
            String text,
            String path,
            @Nullable String type,
            @Nullable JsonNode body,
            int status,
            @Nullable JsonNode answer) {

        static Example of(JsonNode node, Map<String, String> ids) {
            JsonNode body = filled(node.get("body"), ids);
            return new Example(
                    node.get("title").asString(),
                    node.path("text").asString(""),
                    filled(node.get("path").asString(), ids),
                    body == null ? null : node.path("type").asString("application/json"),
                    body,
                    node.path("status").asInt(0),
                    node.get("answer"));
        }

        private static @Nullable JsonNode filled(@Nullable JsonNode node, Map<String, String> ids) {
            return node == null ? null : new JsonMapper().readTree(filled(node.toString(), ids));
        }

        private static String filled(String text, Map<String, String> ids) {
            String filled = text;
            for (Map.Entry<String, String> id : ids.entrySet()) {
                filled = filled.replace("{" + id.getKey() + "}", id.getValue());
            }
            return filled;
        }
    }

    /** In the order in which the page has them. */
    Map<String, Example> all() {
        return operations;
    }

    /** What a refusal of each kind looks like, by the end of its type: {@code not-found}. */
    Map<String, JsonNode> problems() {
        return problems;
    }

    /** @param path as the description has it, {@code /api/v1/customers/{customer}} */
    Optional<Example> of(String method, String path) {
        return Optional.ofNullable(
                operations.get(method + " " + Objects.requireNonNull(path).substring(ApiSecurity.ROOT.length())));
    }
}
