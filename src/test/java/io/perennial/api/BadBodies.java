package io.perennial.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies that are wrong or odd, made of one that is right and of its schema: each value left out, nothing, of every other kind,
 * empty, long, negative, huge, in strange letters; names that do not exist; and what is no JSON at all.
 */
final class BadBodies {

    private static final JsonMapper JSON = new JsonMapper();

    /** As JSON, put in place of each value whatever it should be. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "99999999999999999999",
            "1e400",
            "1e-400",
            "1e99999999",
            "\"\"",
            "\" \"",
            "\"0\"",
            "\"-1\"",
            "\"abc\"",
            "\"😀 Ἀθῆναι ✓ ﷽\"",
            "\"\\u0000\"",
            "\"\\uD800\"",
            "\"a\\r\\nBcc: x@shop.example\"",
            "\"'; DROP TABLE customer; --\"",
            "\"{{ customer.email }}\"",
            "\"9999-12-31\"",
            "\"2026-02-30\"",
            "\"+999999999-12-31\"",
            "\"-0044-03-15\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59\"",
            "\"0001-01-01T00:00\"",
            "\"" + "x".repeat(70_000) + "\"",
            "\"" + "ě".repeat(200) + "\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"\"]",
            "[1]",
            "[2026,3,1]",
            "[2026,3,1,10,0]",
            "1767225600",
            "[" + "\"a\",".repeat(3_000) + "\"b\"]",
            "{}",
            "{\"a\":null}",
            "{\"\":1}");

    private final JsonNode components;

    BadBodies(JsonNode description) {
        this.components = description.get("components").get("schemas");
    }

    /** By what is wrong with each. */
    Map<String, String> of(ObjectNode right, JsonNode schema) {
        Map<String, String> all = new LinkedHashMap<>();
        inside("", right, right, resolved(schema), all);
        String text = right.toString();
        all.put("a second one behind it", text + text);
        all.put("cut off", text.substring(0, text.length() - 1));
        all.put("a comma too many", text.substring(0, text.length() - 1) + ",}");
        String name = right.propertyNames().iterator().next();
        all.put("a name twice", "{\"" + name + "\":" + right.get(name) + "," + text.substring(1));
        all.put("a comment", "/* hello */" + text);
        all.put("nothing", "");
        for (String other : List.of(" ", "null", "[]", "5", "true", "\"text\"", "nonsense", "<xml/>", "a=b&c=d")) {
            all.put("the body is " + other, other);
        }
        all.put("a list of it", "[" + text + "]");
        all.put("deep", "[".repeat(100_000));
        all.put("deep objects", "{\"a\":".repeat(20_000));
        all.put("too large", "{\"" + "x".repeat(1_200_000) + "\":1}");
        return all;
    }

    private void inside(String at, ObjectNode whole, ObjectNode here, JsonNode schema, Map<String, String> all) {
        putAndTake(at + "/fristName", whole, here, "fristName", "\"Ada\"", all);
        for (String name : List.copyOf(schema.path("properties").propertyNames())) {
            String pointer = at + "/" + name;
            JsonNode before = here.get(name);
            if (before != null) {
                here.remove(name);
                all.put(pointer + " left out", whole.toString());
                here.set(name, before);
            }
            for (String value : VALUES) {
                putAndTake(pointer, whole, here, name, value, all);
            }
            JsonNode part = resolved(schema.get("properties").get(name));
            if (before instanceof ObjectNode object) {
                inside(pointer, whole, object, part, all);
            } else if (before instanceof ArrayNode list && list.path(0) instanceof ObjectNode object) {
                inside(pointer + "/0", whole, object, resolved(part.get("items")), all);
            }
        }
    }

    /** Written as text, since numbers that are too large are none for a tree. */
    private static void putAndTake(
            String pointer, ObjectNode whole, ObjectNode here, String name, String value, Map<String, String> all) {
        JsonNode before = here.get(name);
        here.put(name, "\u0001here");
        all.put(
                pointer + " is " + (value.length() > 40 ? value.substring(0, 40) + "… " + value.length() : value),
                whole.toString().replace("\"\\u0001here\"", value));
        if (before == null) {
            here.remove(name);
        } else {
            here.set(name, before);
        }
    }

    private JsonNode resolved(JsonNode schema) {
        if (schema == null) {
            return JSON.createObjectNode();
        }
        JsonNode reference = schema.has("anyOf") ? schema.get("anyOf").get(0).get("$ref") : schema.get("$ref");
        return reference == null
                ? schema
                : components.get(
                        reference.asString().substring(reference.asString().lastIndexOf('/') + 1));
    }

    /** What can be put for a part of an address, or a parameter. */
    static List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "abc",
                "0",
                "-1",
                "1.5",
                "1e3",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999",
                "%20",
                "%00",
                "%0D%0AX-Evil:%20yes",
                "%F0%9F%98%80",
                "%C3%28",
                "%E1%BC%88",
                "'%20OR%201=1",
                "..%5C..",
                "null",
                "undefined",
                "0x10"));
        words.add("x".repeat(3_000));
        return words;
    }
}
