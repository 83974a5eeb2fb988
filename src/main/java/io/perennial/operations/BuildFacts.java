package io.perennial.operations;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the build wrote into the jar about itself. A start from source has none of it. */
@Component
class BuildFacts {

    private static final String PARTS = "classpath:META-INF/sbom/application.cdx.json";

    private final @Nullable BuildProperties build;
    private final Resource parts;
    private final JsonMapper json;

    BuildFacts(ObjectProvider<BuildProperties> build, ResourceLoader resources, JsonMapper json) {
        this.build = build.getIfAvailable();
        this.parts = resources.getResource(PARTS);
        this.json = json;
    }

    /** As the page and the nodes name it; "source" for a start from source. */
    String version() {
        String version = build == null ? null : build.getVersion();
        return version == null ? "source" : version.substring(0, Math.min(40, version.length()));
    }

    Optional<Instant> time() {
        return Optional.ofNullable(build).map(BuildProperties::getTime);
    }

    /** The commit it was made from, where the build was told. */
    Optional<String> commit() {
        return Optional.ofNullable(build)
                .map(facts -> facts.get("commit"))
                .filter(commit -> !commit.isBlank() && !commit.equals("unknown"));
    }

    boolean hasParts() {
        return parts.exists();
    }

    /** The list of what the jar is made of, as CycloneDX writes it. */
    InputStream openParts() throws IOException {
        return parts.getInputStream();
    }

    /** What the jar is made of, by name. */
    List<Part> parts() {
        if (!hasParts()) {
            return List.of();
        }
        try (InputStream in = openParts()) {
            List<Part> all = new ArrayList<>();
            for (JsonNode each : json.readTree(in).path("components")) {
                String group = each.path("group").asString("");
                String name = each.path("name").asString("");
                all.add(new Part(
                        group.isEmpty() ? name : group + ':' + name,
                        each.path("version").asString(""),
                        licence(each)));
            }
            all.sort(Comparator.comparing(Part::name));
            return all;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** By its SPDX id, else its name; several are joined. */
    private static String licence(JsonNode part) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : part.path("licenses")) {
            String expression = each.path("expression").asString("");
            String id = each.path("license").path("id").asString("");
            String name = each.path("license").path("name").asString("");
            names.add(!expression.isEmpty() ? expression : !id.isEmpty() ? id : name);
        }
        names.removeIf(String::isEmpty);
        return String.join(", ", names);
    }

    /**
     * A library inside the jar.
     *
     * @param licence empty where it does not say
     */
    record Part(String name, String version, String licence) {}
}
