package io.perennial.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The stored form of rules, held against its published schema by a validator that is not ours. */
class RuleSchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Random random = new Random(4711);
    private final RandomRules rules =
            new RandomRules(random, LocalDate.of(2026, 3, 29), List.of(new SegmentId(1), new SegmentId(900)));
    private final Schema schema = schema();

    private static Schema schema() {
        try (InputStream in = RuleSchemaTest.class.getResourceAsStream("/schema/segment-rule.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyRuleSurvivesItsDocumentAndFitsTheSchema() {
        for (int i = 0; i < 1_000; i++) {
            Rule rule = rules.next();
            String document = RuleDocument.write(rule);
            assertThat(RuleDocument.read(document)).as(document).isEqualTo(rule);
            assertThat(schema.validate(document, InputFormat.JSON)).as(document).isEmpty();
        }
    }

    @Test
    void readerAndSchemaAgreeOnSpoiltDocuments() {
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            JsonNode document = JSON.readTree(RuleDocument.write(rules.next()));
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                spoil(document);
            }
            if (document.path("version").asInt(0) == 1) {
                continue; // older documents have no schema
            }
            String text = JSON.writeValueAsString(document);
            Throwable fault = catchThrowable(() -> RuleDocument.read(text));
            boolean valid = schema.validate(text, InputFormat.JSON).isEmpty();
            assertThat(fault == null).as("%s%n%s", text, fault).isEqualTo(valid);
            if (fault != null) {
                refused++;
                assertThat(fault).isInstanceOf(InvalidDocument.class);
                assertThat(fault.getMessage()).doesNotContain("segments.");
                String pointer = ((InvalidDocument) fault).pointer();
                assertThat(pointer.isEmpty() || !document.at(pointer).isMissingNode())
                        .as(pointer)
                        .isTrue();
            }
        }
        assertThat(refused).isBetween(1_000, 2_900);
    }

    /** Changes something somewhere below. */
    private void spoil(JsonNode document) {
        List<JsonNode> places = new ArrayList<>();
        collect(document, places);
        switch (places.get(random.nextInt(places.size()))) {
            case ObjectNode object -> {
                List<String> names = List.copyOf(object.propertyNames());
                String name = names.isEmpty() ? "colour" : names.get(random.nextInt(names.size()));
                switch (random.nextInt(4)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set("colour", JSON.readTree("\"red\""));
                    default -> object.set(name, anything());
                }
            }
            case ArrayNode array -> {
                if (array.isEmpty() || random.nextBoolean()) {
                    array.add(anything());
                } else {
                    array.set(random.nextInt(array.size()), anything());
                }
            }
            default -> throw new IllegalStateException("Only what holds something is collected");
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainer()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private JsonNode anything() {
        List<String> all = List.of(
                "null",
                "true",
                "5",
                "-3",
                "1.5",
                "2.0",
                "1e3",
                "99999999999",
                "\"x\"",
                "\"ANY\"",
                "\"AT_LEAST\"",
                "\"group\"",
                "\"ever\"",
                "\"CITY\"",
                "\"17\"",
                "\"\"",
                "[]",
                "{}",
                "[[\"x\"]]",
                "{\"type\":\"ever\"}",
                "{\"type\":\"group\",\"match\":\"ALL\",\"rules\":[]}",
                "\"" + "y".repeat(201) + "\"",
                "\"☕\"");
        return JSON.readTree(all.get(random.nextInt(all.size())));
    }
}
