package io.perennial;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.perennial.support.Figures;
import io.perennial.support.IntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;

/**
 * Holds {@code src/docs/figures.md} against the figures of a console that has just started: each is there before the first
 * thing happens, says what it is, and has labels of few values. Run with {@code -Dfigures.write=true} it writes the file
 * anew.
 */
@IntegrationTest
class FiguresTest {

    private static final Path DOCUMENT = Path.of("src/docs/figures.md");

    /** Labels there may be: Prometheus keeps "job" and "instance" for itself. Their values are listed in the document, so that a new one is seen by whoever commits it. */
    private static final Set<String> LABELS = Set.of("outcome", "state", "kind");

    /** Read from the database: the same on each node. All others are what one node saw. */
    private static final Set<String> OF_INSTALLATION = Set.of(
            "perennial.runs",
            "perennial.mails.waiting",
            "perennial.runs.oldest.seconds",
            "perennial.mail.servers",
            "perennial.sending.nodes",
            "perennial.sending.locked",
            "perennial.imports",
            "perennial.imports.silent.seconds",
            "perennial.webhooks.overdue.seconds");

    /** There only with a copy of the database for analysis. */
    private static final String OF_THE_COPY = "perennial.analysis.";

    private static final Pattern MADE = Pattern.compile(
            "(?:builder\\(|NAME = |gauge\\(\\s*registry,|gaugeMapSize\\(|counter\\(|timer\\()\\s*\"(perennial\\.[a-z.]+)\"");

    @Autowired
    MeterRegistry registry;

    @Autowired
    WebApplicationContext application;

    private final Map<String, Meter> first = new TreeMap<>();
    private final Map<String, Map<String, Set<String>>> labels = new TreeMap<>();

    @BeforeEach
    void ours() {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("perennial.")
                        && !meter.getId().getName().startsWith(OF_THE_COPY))
                .forEach(meter -> {
                    String name = meter.getId().getName();
                    first.putIfAbsent(name, meter);
                    Map<String, Set<String>> its = labels.computeIfAbsent(name, n -> new TreeMap<>());
                    for (Tag tag : meter.getId().getTags()) {
                        its.computeIfAbsent(tag.getKey(), k -> new TreeSet<>()).add(tag.getValue());
                    }
                });
    }

    @Test
    void theTableOfFiguresIsThatOfTheRunningConsole() throws IOException {
        String table = document();
        if (Boolean.getBoolean("figures.write")) {
            Files.writeString(DOCUMENT, table);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("run ./mvnw test -Dtest=FiguresTest -Dfigures.write=true, and commit it")
                .isEqualTo(table);
    }

    @Test
    void eachSaysWhatItIsAndHasFewLabels() {
        assertThat(first).hasSizeGreaterThan(12);
        first.values()
                .forEach(meter -> assertThat(meter.getId().getDescription())
                        .as(meter.getId().getName())
                        .isNotBlank());
        labels.forEach((name, its) -> assertThat(LABELS).as(name).containsAll(its.keySet()));
        labels.values().stream()
                .flatMap(its -> its.values().stream())
                .forEach(values -> assertThat(values).hasSizeLessThan(12).allMatch(v -> v.matches("[A-Za-z_]{2,30}")));
    }

    /** A figure that is first made when something happens is none that somebody can be woken by. */
    @Test
    void eachThatTheCodeNamesIsThereFromTheStart() throws IOException {
        Set<String> made = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                if (code.contains("io.micrometer.core.instrument")) {
                    Matcher found = MADE.matcher(code);
                    while (found.find()) {
                        made.add(found.group(1));
                    }
                }
            }
        }
        made.removeIf(name -> name.startsWith(OF_THE_COPY));
        assertThat(made).isEqualTo(first.keySet());
    }

    @Test
    void prometheusReadsEachWithItsWords() {
        String text = new Figures(application).text();
        first.values()
                .forEach(meter -> assertThat(text)
                        .contains("# HELP " + exported(meter) + " "
                                + meter.getId().getDescription()));
    }

    private String document() {
        return """
                # Figures

                Made from a running console by `FiguresTest`; do not edit. `/actuator/prometheus` tells them to whoever has the token
                (`PERENNIAL_MONITORING_TOKEN`), beside those of the JVM, the connection pool and HTTP as Spring Boot has them
                (`jvm_*`, `hikaricp_*`, `http_server_requests_seconds_*`, `tasks_scheduled_execution_seconds_*`). Figures of the
                installation are the same on each node: take the `max` over nodes. All others are what one node saw since it
                started: take the `sum`. No label tells a business or a person. With a copy of the database for analysis there are
                `perennial_analysis_*`, too.

                | figure | type | unit | labels | whose | meaning |
                |---|---|---|---|---|---|
                %s
                """.formatted(first.values().stream().map(this::row).collect(Collectors.joining("\n")));
    }

    private String row(Meter meter) {
        String name = meter.getId().getName();
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        exported(meter),
                        type(meter),
                        exported(meter).contains("_seconds") ? "seconds" : "number",
                        labels.get(name).entrySet().stream()
                                .map(label -> "`%s`: %s".formatted(label.getKey(), String.join(", ", label.getValue())))
                                .collect(Collectors.joining("; ")),
                        OF_INSTALLATION.contains(name) ? "installation" : "node",
                        meter.getId().getDescription().replace("|", "\\|"));
    }

    private static String type(Meter meter) {
        return switch (meter.getId().getType()) {
            case COUNTER -> "counter";
            case TIMER -> "summary (`_count`, `_sum`, `_max`)";
            case GAUGE -> "gauge";
            default -> throw new AssertionError(meter.getId());
        };
    }

    /** As Prometheus spells it. */
    private static String exported(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        return switch (meter.getId().getType()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            default ->
                "seconds".equals(meter.getId().getBaseUnit()) && !name.endsWith("_seconds") ? name + "_seconds" : name;
        };
    }
}
