package io.perennial.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.perennial.accounts.Permission;
import io.perennial.api.ApiVerdicts.Operation;
import io.perennial.api.WrongCalls.Answer;
import io.perennial.customers.ImportedData;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.Shop;
import io.perennial.segments.KeptSegments;
import io.perennial.support.SqlGuard;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything a program can get wrong, made from the description of the API and sent to the running server for every operation
 * there is. Whatever comes: never an error of ours, always a problem of a kind that is described, nothing of the inside in it,
 * and what the description does not allow is refused and changes nothing.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "perennial.api.requests-per-minute=1000000")
@ActiveProfiles("test")
@Import({TestTenants.class, SqlGuard.class, ImportedData.class, Shop.class, KeptSegments.class})
@DirtiesContext
@TenantSql("Tests look at the rows themselves.")
class ApiBadInputIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Autowired
    ApplicationContext application;

    @Autowired
    ApiKeys keys;

    @Autowired
    ImportedData rows;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping addresses;

    @LocalServerPort
    int port;

    private WrongCalls caller;
    private ApiVerdicts verdicts;
    private JsonNode description;
    private JsonNode examples;
    private Map<String, String> ids;
    private Map<String, String> foreign;
    private final Map<Permission, String> without = new EnumMap<>(Permission.class);
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoShopsWithSomethingOfEverything() throws IOException {
        caller = new WrongCalls(port);
        description =
                JSON.readTree(caller.ask("GET", "/openapi.json", null, null).body());
        verdicts = new ApiVerdicts(description);
        examples = JSON.readTree(getClass().getResourceAsStream("/api/examples.json"))
                .get("operations");
        ExampleShop other = shop();
        foreign = other.open("Globex");
        globex = other.tenant();
        caller.use(key(globex));
        examples.forEachEntry((name, example) -> right(name, example, foreign));
        ExampleShop own = shop();
        ids = own.open("Acme");
        acme = own.tenant();
        caller.use(key(acme));
    }

    private ExampleShop shop() {
        return application.getAutowireCapableBeanFactory().createBean(ExampleShop.class);
    }

    private String key(TenantId tenant, Permission... scopes) {
        Set<Permission> all = scopes.length == 0 ? Set.copyOf(ApiScopes.ALL) : Set.of(scopes);
        return TestTenants.asOwner(tenant, () -> keys.make("Till", all, null))
                .text()
                .reveal();
    }

    @Test
    void everyOperationRefusesWhateverIsWrongAndSaysWhy() {
        String before = rows.checksum(globex);
        Set<String> unlisted = new TreeSet<>();
        for (Operation operation : operations()) {
            if (!examples.has(operation.toString())
                    || description
                            .get("paths")
                            .path("/api/v1" + operation.path())
                            .isMissingNode()) {
                unlisted.add(operation.toString());
            }
        }
        assertThat(unlisted)
                .as("operations without a description and an example to begin from")
                .isEmpty();
        examples.forEachEntry((name, example) -> {
            Operation operation = Operation.of(name);
            Map<String, String> odd = bodies(operation, example);
            addresses(operation, example);
            parameters(operation, example);
            callers(operation, example);
            names(operation, example);
            methods(operation, example);
            if (name.endsWith("/schedule")) { // once it is, all else is refused for that
                odd.keySet().removeIf(what -> !what.contains("\""));
                odd(operation, example, odd);
                right(name, example, ids);
            } else {
                right(name, example, ids);
                odd(operation, example, odd);
            }
            types(operation, example);
        });
        strangers();
        wrongKeys();
        System.out.println("Bad input: " + verdicts);
        assertThat(verdicts.wrong()).as(verdicts.toString()).isEmpty();
        assertThat(rows.checksum(globex)).isEqualTo(before);
        assertThat(verdicts.count()).isGreaterThan(2_000);
    }

    /** The example itself is taken: what is refused beside it is refused for what is wrong with it. */
    private void right(String name, JsonNode example, Map<String, String> own) {
        Operation operation = Operation.of(name);
        Answer answer = send(operation, path(example, own), type(example), body(operation, example, own));
        verdicts.check("right", operation, "as in the example", answer, false);
        if (answer.status() >= 300) {
            throw new AssertionError(name + ": the example itself: " + answer + "\n" + verdicts.wrong());
        }
        if (example.has("remember")) {
            own.put(
                    example.get("remember").asString(),
                    JSON.readTree(answer.body()).get("id").asString());
        }
        if (name.equals("POST /imports") || name.matches("POST /imports/.*/(undo|resume)")) {
            String path = "/imports/" + own.get(name.endsWith("resume") ? "large" : "import")
                    + (name.endsWith("undo") ? "/undo" : "");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !JSON.readTree(
                                    caller.ask("GET", path, null, null).body())
                            .get("finishedAt")
                            .isNull());
        }
    }

    /** @return those that the description allows, by what is odd about each */
    private Map<String, String> bodies(Operation operation, JsonNode example) {
        String right = body(operation, example, ids);
        if (right == null) {
            return Map.of();
        }
        String path = path(example, ids);
        if (!(example.get("body") instanceof ObjectNode)) {
            for (String text : List.of("", "\0\1\2", "PK\3\4nonsense", "\n\n\n", ",,,,\n,,,", "a\n\"")) {
                verdicts.check(
                        "bodies", operation, "a file of " + text, send(operation, path, type(example), text), false);
            }
            return Map.of();
        }
        JsonNode schema = schema(operation);
        Schema described = compiled(schema);
        String before = rows.checksum(acme);
        Map<String, String> odd = new LinkedHashMap<>();
        new BadBodies(description).of((ObjectNode) JSON.readTree(right), schema).forEach((what, body) -> {
            boolean allowed = isAllowed(described, body);
            if (allowed) {
                odd.put(what, body);
            } else {
                verdicts.check("bodies", operation, what, send(operation, path, type(example), body), true);
            }
        });
        byte[] latin = right.replaceFirst(": ?\"\\w", ":\"\u00e9").getBytes(ISO_8859_1);
        verdicts.check(
                "bodies",
                operation,
                "Latin 1",
                caller.ask(operation.method(), path, type(example), latin, caller.key(), Map.of()),
                true);
        if (!rows.checksum(acme).equals(before)) {
            verdicts.wrong(operation + ": something that was refused changed something");
        }
        return odd;
    }

    /** What the description allows, and nobody means: taken or refused, but never at fault. */
    private void odd(Operation operation, JsonNode example, Map<String, String> odd) {
        odd.forEach((what, body) -> verdicts.check(
                "bodies", operation, what, send(operation, path(example, ids), type(example), body), false));
    }

    private static boolean isAllowed(Schema described, String body) {
        try {
            return STRICT.readTree(body).isObject()
                    && described.validate(body, InputFormat.JSON).isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void types(Operation operation, JsonNode example) {
        String right = body(operation, example, ids);
        String path = path(example, ids);
        for (String type : List.of(
                "text/html",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "application/json;charset=nonsense",
                "nonsense",
                "*/*",
                ";;;",
                "application/json; application/json")) {
            if (right != null) {
                boolean mayBeTaken = type.startsWith("application/json");
                verdicts.check(
                        "types",
                        operation,
                        type,
                        send(operation, path, type, right),
                        !mayBeTaken && !isUpload(operation));
            }
        }
        for (String accept : List.of("text/html", "application/xml", "image/png", "nonsense", "*/*;q=2", "")) {
            if (operation.method().equals("GET")) {
                Answer answer =
                        caller.ask(operation.method(), path, null, null, caller.key(), Map.of("Accept", accept));
                verdicts.check("types", operation, "Accept: " + accept, answer, false);
            }
        }
    }

    private static boolean isUpload(Operation operation) {
        return operation.toString().equals("POST /imports");
    }

    private void addresses(Operation operation, JsonNode example) {
        String right = body(operation, example, ids);
        String template = example.get("path").asString();
        Matcher variables = Pattern.compile("\\{(\\w+)}").matcher(operation.path());
        String[] parts = template.replaceAll("\\?.*", "").split("/");
        String[] names = operation.path().split("/");
        while (variables.find()) {
            int at = List.of(names).indexOf(variables.group());
            String theirs = filled(parts[at], foreign);
            List<String> words = new ArrayList<>(BadBodies.words());
            if (!theirs.equals(filled(parts[at], ids))) {
                words.add(theirs);
            }
            for (String word : words) {
                String[] changed = parts.clone();
                changed[at] = word;
                String path = filled(String.join("/", changed), ids);
                boolean known = word.equals(theirs) || isNumber(operation, variables.group(1));
                verdicts.check("addresses", operation, path, send(operation, path, type(example), right), known);
            }
        }
        String path = path(example, ids).replaceAll("\\?.*", "");
        for (String odd : List.of(
                "/",
                "//",
                "/nothing",
                ";a=b",
                "%2F",
                "/..;/",
                "/%2e%2e/",
                "%5C",
                ".json",
                "%",
                "%zz",
                "\\",
                "^",
                " x")) {
            verdicts.check(
                    "addresses",
                    operation,
                    path + odd,
                    caller.raw(operation.method() + " /api/v1" + path + odd),
                    false);
        }
    }

    /** An order's number may be any text; ids may not. */
    private boolean isNumber(Operation operation, String variable) {
        for (JsonNode parameter : operation(operation).get("parameters")) {
            if (parameter.get("name").asString().equals(variable)) {
                return parameter.get("schema").path("type").asString("").equals("integer");
            }
        }
        throw new AssertionError(operation + " does not describe " + variable);
    }

    private void parameters(Operation operation, JsonNode example) {
        JsonNode described = operation(operation).path("parameters");
        String path = path(example, ids).replaceAll("\\?.*", "");
        String right = body(operation, example, ids);
        String others = example.get("path").asString().contains("kind=") ? "kind=CUSTOMERS&dryRun=true" : "";
        described.forEach(parameter -> {
            if (parameter.get("in").asString().equals("query")) {
                String name = parameter.get("name").asString();
                List<String> words = new ArrayList<>(BadBodies.words());
                words.add("");
                words.add(foreign.getOrDefault(name.replace("Id", ""), "1"));
                for (String word : words) {
                    String query = "?" + name + "=" + word + "&" + others;
                    verdicts.check(
                            "parameters", operation, query, send(operation, path + query, type(example), right), false);
                }
                String twice = "?" + name + "=1&" + name + "=2&" + others;
                verdicts.check(
                        "parameters", operation, twice, send(operation, path + twice, type(example), right), false);
            }
        });
        if (operation.method().equals("GET")) {
            for (String query : List.of(
                    "?%",
                    "?%zz=1",
                    "?=",
                    "?&&&",
                    "?limit",
                    "?limit=%zz",
                    "?a[]=1",
                    "?a=" + "x".repeat(20_000),
                    "?" + "a=1&".repeat(600))) {
                verdicts.check("parameters", operation, query, caller.raw("GET /api/v1" + path + query), false);
            }
        }
    }

    private void callers(Operation operation, JsonNode example) {
        List<Permission> needed = new ArrayList<>();
        operation(operation)
                .get("security")
                .forEach(one -> one.get("key")
                        .forEach(scope -> needed.add(java.util.Arrays.stream(Permission.values())
                                .filter(p -> p.authority().equals(scope.asString()))
                                .findFirst()
                                .orElseThrow())));
        for (Permission lacking : needed) {
            String narrow = without.computeIfAbsent(
                    lacking,
                    scope -> key(
                            acme,
                            ApiScopes.ALL.stream()
                                    .filter(other -> other != scope)
                                    .toArray(Permission[]::new)));
            Answer answer = ask(operation, path(example, ids), example, ids, narrow, Map.of());
            verdicts.check("callers", operation, "without " + lacking, answer, true);
            if (answer.status() != 403) {
                verdicts.wrong(operation + " without " + lacking + ": " + answer);
            }
        }
    }

    private void names(Operation operation, JsonNode example) {
        if (!operation.method().equals("POST")) {
            return;
        }
        String nowhere = path(example, ids).replaceAll("\\d{6,}", "1");
        for (String name : List.of("", " ", "x".repeat(256), "x".repeat(9_000))) {
            Answer answer = ask(operation, nowhere, example, ids, caller.key(), Map.of("Idempotency-Key", name));
            verdicts.check("names", operation, "Idempotency-Key: " + name.length(), answer, !name.isEmpty());
        }
        if (operation.path().equals("/vouchers/check") || operation.path().equals("/customers")) {
            Map<String, String> once = Map.of("Idempotency-Key", "one-" + operation.path());
            Answer first = ask(operation, nowhere, example, ids, caller.key(), once);
            Answer other = caller.ask(
                    operation.method(),
                    nowhere,
                    type(example),
                    (body(operation, example, ids) + " ").getBytes(UTF_8),
                    caller.key(),
                    once);
            verdicts.check("names", operation, "another body under the same name", other, true);
            if (first.status() >= 300 || other.status() != 422 || !other.body().contains("idempotency-key-reused")) {
                verdicts.wrong(operation + " twice under one name: " + first + ", then " + other);
            }
        }
    }

    private void methods(Operation operation, JsonNode example) {
        Set<String> there = new TreeSet<>();
        operations().stream().filter(o -> o.path().equals(operation.path())).forEach(o -> there.add(o.method()));
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE")) {
            if (!there.contains(method)) {
                verdicts.check(
                        "methods", operation, method, caller.raw(method + " /api/v1" + path(example, ids)), true);
            }
        }
    }

    /** Who has been here and may not any more, without using up the wrong keys of an address. */
    private void strangers() {
        ApiKeys.Made made = TestTenants.asOwner(acme, () -> keys.make("Till", Set.of(Permission.CUSTOMER_READ), null));
        Operation list = new Operation("GET", "/customers");
        jdbc.update(
                "UPDATE api_key SET expires_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?",
                acme.value(),
                made.key().id());
        Map<String, String> expired =
                Map.of("Authorization", "Bearer " + made.text().reveal());
        Answer answer = caller.ask("GET", "/customers", null, null, null, expired);
        verdicts.check("callers", list, "an expired key", answer, true);
        if (answer.status() != 401) {
            verdicts.wrong("an expired key: " + answer);
        }
    }

    private void wrongKeys() {
        Operation list = new Operation("GET", "/customers");
        List<String> headers = List.of(
                "",
                "Bearer",
                "Bearer ",
                "Basic YTpi",
                "Bearer nonsense",
                "Bearer pk_live_",
                "bearer " + caller.key() + "x",
                "Bearer " + caller.key().substring(0, caller.key().length() - 1),
                "Bearer " + "x".repeat(5_000),
                caller.key());
        int last = 0;
        for (int i = 0; i < 60; i++) {
            String header = headers.get(i % headers.size());
            Answer answer = caller.ask("GET", "/customers", null, null, null, Map.of("Authorization", header));
            verdicts.check("callers", list, "Authorization: " + header, answer, true);
            last = answer.status();
            // Thirty a minute, of which an expired one was the first.
            if (last != 401 && (i < 25 || last != 429)) {
                verdicts.wrong("wrong key " + i + ": " + answer);
            }
        }
        assertThat(last).as("who guesses is not even looked up any more").isEqualTo(429);
    }

    private Set<Operation> operations() {
        Set<Operation> found = new java.util.LinkedHashSet<>();
        addresses.getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith("io.perennial.api")) {
                for (String path : mapping.getPatternValues()) {
                    for (RequestMethod each : mapping.getMethodsCondition().getMethods()) {
                        if (path.startsWith("/api/v1")) {
                            found.add(new Operation(each.name(), path.substring("/api/v1".length())));
                        }
                    }
                }
            }
        });
        return found;
    }

    private JsonNode operation(Operation operation) {
        return description
                .get("paths")
                .get("/api/v1" + operation.path())
                .get(operation.method().toLowerCase(Locale.ROOT));
    }

    private JsonNode schema(Operation operation) {
        return operation(operation)
                .get("requestBody")
                .get("content")
                .iterator()
                .next()
                .get("schema");
    }

    private Schema compiled(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", description.get("components"));
        whole.setAll((ObjectNode) schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);
    }

    private static String filled(String text, Map<String, String> with) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(text)
                .replaceAll(part -> Matcher.quoteReplacement(with.getOrDefault(part.group(1), part.group())));
    }

    private static String path(JsonNode example, Map<String, String> own) {
        return filled(example.get("path").asString(), own);
    }

    private @Nullable String body(Operation operation, JsonNode example, Map<String, String> own) {
        JsonNode body = example.get("body");
        if (body == null) {
            return null;
        }
        if (operation.toString().startsWith("PUT /templates")) {
            ((ObjectNode) body)
                    .set(
                            "version",
                            JSON.readTree(caller.ask("GET", path(example, own), null, null)
                                            .body())
                                    .get("version"));
        }
        return body.isString() ? body.asString() : filled(body.toString(), own);
    }

    private static @Nullable String type(JsonNode example) {
        return example.has("body") ? example.path("type").asString("application/json") : null;
    }

    private Answer ask(
            Operation operation,
            String path,
            JsonNode example,
            Map<String, String> own,
            @Nullable String with,
            Map<String, String> headers) {
        String body = body(operation, example, own);
        return caller.ask(
                operation.method(), path, type(example), body == null ? null : body.getBytes(UTF_8), with, headers);
    }

    private Answer send(Operation operation, String path, @Nullable String type, @Nullable String body) {
        return caller.ask(operation.method(), path, type, body);
    }
}
