package io.perennial.api.web;

import io.perennial.api.web.ApiExamples.Example;
import io.perennial.uikit.MessageBundles;
import io.perennial.webhooks.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page of the API shows of the description: operations by their parts, in the order of the examples. */
final class ApiReference {

    private static final String KEY = "$PERENNIAL_KEY";

    private final JsonNode description;
    private final Map<String, Example> examples;
    private final JsonMapper json;
    private final String base;

    ApiReference(JsonNode description, Map<String, Example> examples, JsonMapper json, String base) {
        this.base = base;
        this.description = description;
        this.examples = examples;
        this.json = json;
    }

    /** Operations about one thing. */
    record Part(String name, String anchor, List<Operation> operations) {}

    /**
     * An operation.
     *
     * @param needs the scopes of a key
     * @param answer as JSON; empty where there is no body
     */
    record Operation(
            String anchor,
            String method,
            String path,
            String title,
            String text,
            List<String> needs,
            List<Value> parameters,
            List<Value> body,
            String curl,
            String python,
            int status,
            String answer) {}

    /** A parameter, or a value of a body. */
    record Value(String name, String type, boolean required) {}

    /** An event of webhooks, with the values that it has. */
    record EventView(String type, String words, List<Value> data) {}

    /** A kind of refusal, as the page's language can read it. */
    record Problem(int status, String type, String title) {}

    static List<Problem> problems() {
        return Arrays.stream(ApiProblem.Kind.values())
                .map(kind -> new Problem(kind.status().value(), kind.type(), kind.title()))
                .toList();
    }

    /** What a refusal looks like. */
    String refusal(JsonNode answer) {
        return pretty(answer);
    }

    /** What whoever has just made a key sends first. */
    String first() {
        return "curl \"" + base + ApiSecurity.ROOT + "/customers?limit=2\" \\\n  -H \"Authorization: Bearer " + KEY
                + "\"";
    }

    List<Part> parts() {
        Map<String, List<Operation>> parts = new LinkedHashMap<>();
        examples.forEach((name, example) -> {
            String method = name.substring(0, name.indexOf(' '));
            String path = ApiSecurity.ROOT + name.substring(name.indexOf(' ') + 1);
            JsonNode operation = description.get("paths").path(path).path(method.toLowerCase(Locale.ROOT));
            if (!operation.isMissingNode()) {
                parts.computeIfAbsent(operation.get("tags").get(0).asString(), part -> new ArrayList<>())
                        .add(operation(method, path, operation, example));
            }
        });
        return parts.entrySet().stream()
                .map(part -> new Part(words(part.getKey()), part.getKey().toLowerCase(Locale.ROOT), part.getValue()))
                .toList();
    }

    List<EventView> events() {
        return EventType.OFFERED.stream()
                .map(type -> new EventView(
                        type.id(),
                        MessageBundles.text(type.key(), Locale.ENGLISH),
                        values(description
                                .get("webhooks")
                                .get(type.id())
                                .get("post")
                                .get("requestBody")
                                .get("content")
                                .get("application/json")
                                .get("schema")
                                .get("properties")
                                .get("data"))))
                .toList();
    }

    private Operation operation(String method, String path, JsonNode operation, Example example) {
        List<String> needs = new ArrayList<>();
        operation.path("security").path(0).path("key").forEach(scope -> needs.add(scope.asString()));
        List<Value> parameters = new ArrayList<>();
        operation
                .path("parameters")
                .forEach(p -> parameters.add(new Value(
                        p.get("name").asString(),
                        type(p.get("schema")),
                        p.path("required").asBoolean(false))));
        JsonNode content = operation.path("requestBody").path("content");
        JsonNode schema = content.path("application/json").path("schema");
        if (schema.isMissingNode()) {
            schema = content.path("application/merge-patch+json").path("schema");
        }
        return new Operation(
                operation.get("operationId").asString(),
                method,
                path,
                example.title(),
                example.text(),
                needs,
                parameters,
                schema.isMissingNode() ? List.of() : values(schema),
                curl(method, example),
                python(method, example),
                example.status(),
                answer(example));
    }

    private String answer(Example example) {
        JsonNode answer = example.answer();
        return answer == null ? "" : answer.isString() ? answer.asString() : pretty(answer);
    }

    private String curl(String method, Example example) {
        StringBuilder curl = new StringBuilder("curl");
        if (!method.equals("GET")) {
            curl.append(" -X ").append(method);
        }
        curl.append(" \"")
                .append(base)
                .append(ApiSecurity.ROOT)
                .append(example.path())
                .append('"');
        curl.append(" \\\n  -H \"Authorization: Bearer ").append(KEY).append('"');
        if (method.equals("POST")) {
            curl.append(" \\\n  -H \"Idempotency-Key: $(date +%s)-$RANDOM\"");
        }
        JsonNode body = example.body();
        if (body != null) {
            curl.append(" \\\n  -H \"Content-Type: ").append(example.type()).append('"');
            curl.append(
                    body.isString()
                            ? " \\\n  --data-binary @customers.csv"
                            : " \\\n  -d '" + pretty(body).replace("'", "'\\''") + "'");
        }
        return curl.toString();
    }

    private String python(String method, Example example) {
        JsonNode body = example.body();
        StringBuilder python = new StringBuilder("import os, requests");
        python.append(method.equals("POST") ? ", uuid\n\n" : "\n\n");
        python.append("answer = requests.")
                .append(method.toLowerCase(Locale.ROOT))
                .append("(\n    \"");
        python.append(base).append(ApiSecurity.ROOT).append(example.path()).append("\",\n");
        python.append("    headers={\"Authorization\": \"Bearer \" + os.environ[\"PERENNIAL_KEY\"]");
        if (method.equals("POST")) {
            python.append(",\n             \"Idempotency-Key\": str(uuid.uuid4())");
        }
        if (body != null && body.isString()) {
            python.append(",\n             \"Content-Type\": \"")
                    .append(example.type())
                    .append('"');
        }
        python.append("},\n");
        if (body != null) {
            python.append(
                    body.isString()
                            ? "    data=open(\"customers.csv\", \"rb\"),\n"
                            : "    json=" + literal(body).replace("\n", "\n    ") + ",\n");
        }
        python.append("    timeout=30)\nanswer.raise_for_status()\n");
        python.append(
                example.answer() == null || example.answer().isString()
                        ? "print(answer.text)"
                        : "print(answer.json())");
        return python.toString();
    }

    /** Python writes these words otherwise; none of the examples has them in a text. */
    private String literal(JsonNode body) {
        return pretty(body)
                .replaceAll("(: |\\[ )null\\b", "$1None")
                .replaceAll("(: |\\[ )true\\b", "$1True")
                .replaceAll("(: |\\[ )false\\b", "$1False");
    }

    private String pretty(JsonNode node) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    private List<Value> values(JsonNode schema) {
        JsonNode whole = resolved(schema);
        List<String> required = new ArrayList<>();
        whole.path("required").forEach(name -> required.add(name.asString()));
        List<Value> values = new ArrayList<>();
        whole.path("properties")
                .forEachEntry((name, property) -> values.add(new Value(name, type(property), required.contains(name))));
        return values;
    }

    private String type(@Nullable JsonNode schema) {
        if (schema == null) {
            return "";
        }
        JsonNode whole = resolved(schema);
        if (whole.has("enum")) {
            List<String> words = new ArrayList<>();
            whole.get("enum").forEach(word -> {
                if (!word.isNull()) {
                    words.add(word.asString());
                }
            });
            return String.join(" | ", words);
        }
        if (whole.has("anyOf")) {
            return type(whole.get("anyOf").get(0)) + ", or null";
        }
        JsonNode type = whole.path("type");
        List<String> types = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(one -> types.add(one.asString()));
        } else {
            types.add(type.asString("object"));
        }
        boolean nothing = types.remove("null");
        String base = types.contains("array")
                ? "list of " + type(whole.get("items"))
                : Optional.ofNullable(whole.get("format"))
                        .map(JsonNode::asString)
                        .orElse(String.join(" | ", types));
        return base + (nothing ? ", or null" : "");
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null
                ? schema
                : description
                        .get("components")
                        .get("schemas")
                        .get(reference.asString().substring(reference.asString().lastIndexOf('/') + 1));
    }

    private static String words(String tag) {
        return tag.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }
}
