package io.perennial.segments;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored form of a rule: {@code {"version":2,"rule":{...}}}, described by {@code segment-rule.schema.json}. Documents
 * of version 1 are read too, and become version 2 when the segment is saved.
 */
record RuleDocument(int version, Rule rule) {

    static final int CURRENT = 2;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static String write(Rule rule) {
        return JSON.writeValueAsString(new RuleDocument(CURRENT, rule));
    }

    /** The same to be read by people: indented. */
    static String show(Rule rule) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new RuleDocument(CURRENT, rule));
    }

    /**
     * @throws InvalidDocument if it is no such document: says where and why
     */
    static Rule read(String text) {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidDocument("", "segments.document.not_json", e.getOriginalMessage());
        }
        DocumentPart root = new DocumentPart("", document);
        int version = root.object("version", "rule").get("version").whole();
        return switch (version) {
            case 1 -> new RuleReaderV1().rule(root.get("rule"));
            case CURRENT -> new RuleReader().rule(root.get("rule"));
            default -> throw new InvalidDocument("/version", "segments.document.version", version);
        };
    }
}
