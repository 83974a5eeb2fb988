package io.perennial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds {@code src/docs/configuration.md} against the metadata that the build makes of the settings. Run with {@code
 * -Dconfiguration.write=true} it writes the file anew.
 */
class ConfigurationTest {

    private static final Path DOCUMENT = Path.of("src/docs/configuration.md");

    /** What of Spring Boot's an operator has to know. */
    private static final List<String> OF_SPRING = List.of(
            "spring.datasource.url",
            "spring.datasource.username",
            "spring.datasource.password",
            "spring.datasource.hikari.maximum-pool-size",
            "spring.datasource.hikari.connection-timeout",
            "spring.mail.host",
            "spring.mail.port",
            "spring.mail.username",
            "spring.mail.password",
            "spring.mail.ssl.enabled",
            "server.port",
            "server.forward-headers-strategy",
            "server.shutdown",
            "spring.lifecycle.timeout-per-shutdown-phase",
            "spring.servlet.multipart.max-file-size",
            "logging.structured.format.console",
            "management.server.port");

    private record Setting(
            String name, String type, @Nullable String defaultValue, String description) {

        /** As the environment spells it; Spring Boot takes it without the words' underscores, too. */
        String variable() {
            return name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
        }

        String row() {
            return "| `%s` | `%s` | %s | %s | %s |"
                    .formatted(
                            name,
                            variable(),
                            shortType(),
                            defaultValue == null || defaultValue.isEmpty() ? "" : '`' + defaultValue + '`',
                            description
                                    .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                                    .replaceAll("\\s+", " ")
                                    .replace("|", "\\|"));
        }

        private String shortType() {
            return type.replaceAll("[a-z]+\\.(?:[a-z]+\\.)*", "")
                    .replace("$", ".")
                    .replaceFirst(".*\\.(?=[A-Z])", "")
                    .replace("<", " of ")
                    .replace(">", "")
                    .replace(",", " to ");
        }
    }

    @Test
    void theTableOfSettingsIsThatOfTheCode() throws IOException {
        String table = document();
        if (Boolean.getBoolean("configuration.write")) {
            Files.writeString(DOCUMENT, table);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("run ./mvnw test -Dtest=ConfigurationTest -Dconfiguration.write=true, and commit it")
                .isEqualTo(table);
    }

    @Test
    void everySettingOfOursSaysWhatItIs() {
        assertThat(ours().values().stream()
                        .filter(setting -> setting.description().isBlank()))
                .extracting(Setting::name)
                .as("settings without a description (@param of the record)")
                .isEmpty();
    }

    @Test
    void noSettingIsReadThatTheTableDoesNotKnow() throws IOException {
        Set<String> read = new TreeSet<>();
        Pattern placeholder = Pattern.compile("\\$\\{(perennial\\.[a-z.-]+)");
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(java|yaml)")).toList()) {
                Matcher found = placeholder.matcher(Files.readString(file));
                while (found.find()) {
                    read.add(found.group(1));
                }
            }
        }
        assertThat(read).isNotEmpty();
        assertThat(ours().keySet()).containsAll(read);
    }

    private static String document() {
        return """
                # Settings

                Made from the code by `ConfigurationTest`; do not edit. Each may be given as a variable of the environment, as a system
                property (`-D<name>=<value>`), or in `application.yaml` beside the jar. Of a list, items are divided by commas; of
                a map, each key is appended to the name. Durations are written `30s`, `5m`, `1h`, `2d`.

                ## Perennial

                %s

                ## Spring Boot, as far as it matters

                All others of Spring Boot 4.1 work, too.

                %s
                """.formatted(
                table(ours().values().stream()), table(OF_SPRING.stream().map(name -> {
                    Setting setting = all().get(name);
                    assertThat(setting).as(name).isNotNull();
                    return setting;
                })));
    }

    private static String table(Stream<Setting> settings) {
        return settings.map(Setting::row)
                .collect(Collectors.joining(
                        "\n", "| setting | variable | type | default | meaning |\n|---|---|---|---|---|\n", ""));
    }

    private static Map<String, Setting> ours() {
        Map<String, Setting> ours = new TreeMap<>(all());
        ours.keySet().removeIf(name -> !name.startsWith("perennial."));
        assertThat(ours)
                .as("metadata of our own settings, which the compiler makes in Maven's build")
                .hasSizeGreaterThan(50);
        return ours;
    }

    private static Map<String, Setting> all() {
        Map<String, Setting> all = new TreeMap<>();
        JsonMapper json = JsonMapper.builder().build();
        try {
            PropertySource<?> own = new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yaml"))
                    .getFirst();
            for (URL url : Collections.list(ConfigurationTest.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                JsonNode root;
                try (var in = url.openStream()) {
                    root = json.readTree(in);
                }
                for (JsonNode property : root.path("properties")) {
                    String name = property.path("name").asString();
                    Object set = own.getProperty(name);
                    String preset = set != null ? set.toString() : text(property.path("defaultValue"));
                    all.putIfAbsent(
                            name,
                            new Setting(
                                    name,
                                    property.path("type").asString(""),
                                    preset,
                                    property.path("description").asString("")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static @Nullable String text(JsonNode value) {
        if (value.isArray()) {
            return value.values().stream().map(JsonNode::asString).collect(Collectors.joining(","));
        }
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }
}
