package io.perennial.segments;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The stored form of a rule: {@code {"version":1,"rule":{...}}}. */
record RuleDocument(int version, Rule rule) {

    private static final int CURRENT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static String write(Rule rule) {
        return JSON.writeValueAsString(new RuleDocument(CURRENT, rule));
    }

    /**
     * @throws IllegalStateException if it is no such document, or of a newer version of the product
     */
    static Rule read(String text) {
        try {
            RuleDocument document = JSON.readValue(text, RuleDocument.class);
            if (document.version() != CURRENT) {
                throw new IllegalStateException("A segment rule of version " + document.version()
                        + " was written by a newer Perennial than this one");
            }
            return Optional.ofNullable(document.rule())
                    .orElseThrow(() -> new IllegalStateException("A segment rule's document without a rule"));
        } catch (JacksonException e) {
            throw new IllegalStateException("Not a segment rule: " + e.getOriginalMessage(), e);
        }
    }
}
