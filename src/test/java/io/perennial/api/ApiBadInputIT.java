package io.perennial.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.perennial.accounts.Permission;
import io.perennial.customers.ImportedData;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.Shop;
import io.perennial.segments.KeptSegments;
import io.perennial.support.SqlGuard;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private static final String PROBLEM = "application/problem+json";

    /** What no answer may say. */
    private static final Pattern INSIDE = Pattern.compile(
            "io\\.perennial|org\\.(springframework|apache|hibernate)|com\\.(vaadin|mysql|fasterxml)|tools\\.jackson|java\\.\\w+|"
                    + "Exception\\b|\\\\tat |SELECT |INSERT |SQL|Tomcat/");

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

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> kinds = new TreeSet<>();
    private final Set<String> wrong = new TreeSet<>();
    private final Map<String, Integer> sent = new TreeMap<>();
    private JsonNode description;
    private JsonNode examples;
    private Map<String, String> ids;
    private Map<String, String> foreign;
    private final Map<Permission, String> without = new EnumMap<>(Permission.class);
    private TenantId acme;
    private TenantId globex;
    private String key;

    /** @param status 0 where no answer came */
    private record Answer(int status, String type, String body) {
        @Override
        public String toString() {
            return status + " " + type + " " + body.substring(0, Math.min(300, body.length()));
        }
    }

    private record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeEach
    void twoShopsWithSomethingOfEverything() throws IOException {
        description = JSON.readTree(ask("GET", "/openapi.json", null, null).body());
        description
                .get("components")
                .get("schemas")
                .get("ApiProblem")
                .get("properties")
                .get("type")
                .get("enum")
                .forEach(kind -> kinds.add(kind.asString()));
        examples = JSON.readTree(getClass().getResourceAsStream("/api/examples.json"))
                .get("operations");
        ExampleShop other = shop();
        foreign = other.open("Globex");
        globex = other.tenant();
        key = key(globex);
        examples.forEachEntry((name, example) -> right(name, example, foreign));
        ExampleShop own = shop();
        ids = own.open("Acme");
        acme = own.tenant();
        key = key(acme);
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
            Operation operation =
                    new Operation(name.substring(0, name.indexOf(' ')), name.substring(name.indexOf(' ') + 1));
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
        System.out.println("Bad input: " + sent + ", "
                + sent.values().stream().mapToInt(n -> n).sum() + " requests");
        assertThat(String.join("\n", wrong)).as(wrong.size() + " of " + sent).isEmpty();
        assertThat(rows.checksum(globex)).isEqualTo(before);
        assertThat(sent.values().stream().mapToInt(n -> n).sum()).isGreaterThan(2_000);
    }

    /** The example itself is taken: what is refused beside it is refused for what is wrong with it. */
    private void right(String name, JsonNode example, Map<String, String> own) {
        Operation operation =
                new Operation(name.substring(0, name.indexOf(' ')), name.substring(name.indexOf(' ') + 1));
        Answer answer = send(operation, path(example, own), type(example), body(operation, example, own));
        check("right", operation, "as in the example", answer, false);
        if (answer.status() >= 300) {
            throw new AssertionError(name + ": the example itself: " + answer + "\n" + String.join("\n", wrong));
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
                    .until(() -> !JSON.readTree(ask("GET", path, null, null).body())
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
                check("bodies", operation, "a file of " + text, send(operation, path, type(example), text), false);
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
                check("bodies", operation, what, send(operation, path, type(example), body), true);
            }
        });
        byte[] latin = right.replaceFirst(": ?\"\\w", ":\"\u00e9").getBytes(ISO_8859_1);
        check("bodies", operation, "Latin 1", ask(operation.method(), path, type(example), latin, key, Map.of()), true);
        if (!rows.checksum(acme).equals(before)) {
            wrong.add(operation + ": something that was refused changed something");
        }
        return odd;
    }

    /** What the description allows, and nobody means: taken or refused, but never at fault. */
    private void odd(Operation operation, JsonNode example, Map<String, String> odd) {
        odd.forEach((what, body) ->
                check("bodies", operation, what, send(operation, path(example, ids), type(example), body), false));
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
                check(
                        "types",
                        operation,
                        type,
                        send(operation, path, type, right),
                        !mayBeTaken && !isUpload(operation));
            }
        }
        for (String accept : List.of("text/html", "application/xml", "image/png", "nonsense", "*/*;q=2", "")) {
            if (operation.method().equals("GET")) {
                Answer answer = ask(operation.method(), path, null, null, key, Map.of("Accept", accept));
                check("types", operation, "Accept: " + accept, answer, false);
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
                check("addresses", operation, path, send(operation, path, type(example), right), known);
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
            check("addresses", operation, path + odd, raw(operation.method() + " /api/v1" + path + odd), false);
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
                    check("parameters", operation, query, send(operation, path + query, type(example), right), false);
                }
                String twice = "?" + name + "=1&" + name + "=2&" + others;
                check("parameters", operation, twice, send(operation, path + twice, type(example), right), false);
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
                check("parameters", operation, query, raw("GET /api/v1" + path + query), false);
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
            check("callers", operation, "without " + lacking, answer, true);
            if (answer.status() != 403) {
                wrong.add(operation + " without " + lacking + ": " + answer);
            }
        }
    }

    private void names(Operation operation, JsonNode example) {
        if (!operation.method().equals("POST")) {
            return;
        }
        String nowhere = path(example, ids).replaceAll("\\d{6,}", "1");
        for (String name : List.of("", " ", "x".repeat(256), "x".repeat(9_000))) {
            Answer answer = ask(operation, nowhere, example, ids, key, Map.of("Idempotency-Key", name));
            check("names", operation, "Idempotency-Key: " + name.length(), answer, !name.isEmpty());
        }
        if (operation.path().equals("/vouchers/check") || operation.path().equals("/customers")) {
            Map<String, String> once = Map.of("Idempotency-Key", "one-" + operation.path());
            Answer first = ask(operation, nowhere, example, ids, key, once);
            Answer other = ask(
                    operation.method(),
                    nowhere,
                    type(example),
                    (body(operation, example, ids) + " ").getBytes(UTF_8),
                    key,
                    once);
            check("names", operation, "another body under the same name", other, true);
            if (first.status() >= 300 || other.status() != 422 || !other.body().contains("idempotency-key-reused")) {
                wrong.add(operation + " twice under one name: " + first + ", then " + other);
            }
        }
    }

    private void methods(Operation operation, JsonNode example) {
        Set<String> there = new TreeSet<>();
        operations().stream().filter(o -> o.path().equals(operation.path())).forEach(o -> there.add(o.method()));
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE")) {
            if (!there.contains(method)) {
                check("methods", operation, method, raw(method + " /api/v1" + path(example, ids)), true);
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
        Answer answer = ask("GET", "/customers", null, null, null, expired);
        check("callers", list, "an expired key", answer, true);
        if (answer.status() != 401) {
            wrong.add("an expired key: " + answer);
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
                "bearer " + key + "x",
                "Bearer " + key.substring(0, key.length() - 1),
                "Bearer " + "x".repeat(5_000),
                key);
        int last = 0;
        for (int i = 0; i < 60; i++) {
            String header = headers.get(i % headers.size());
            Answer answer = ask("GET", "/customers", null, null, null, Map.of("Authorization", header));
            check("callers", list, "Authorization: " + header, answer, true);
            last = answer.status();
            // Thirty a minute, of which an expired one was the first.
            if (last != 401 && (i < 25 || last != 429)) {
                wrong.add("wrong key " + i + ": " + answer);
            }
        }
        assertThat(last).as("who guesses is not even looked up any more").isEqualTo(429);
    }

    /** Of a request's line and headers together. */
    private static final int LONGEST = 16_384;

    /** Whose address no server can even tell from the rest of the line: it is not known for whom the answer is. */
    private static final Pattern UNREADABLE = Pattern.compile("[\\\\^\\[\\]]");

    /** @param mustBeRefused since the description does not allow it */
    private void check(String sort, Operation operation, String what, Answer answer, boolean mustBeRefused) {
        sent.merge(sort, 1, Integer::sum);
        String where = operation + " [" + (what.length() > 90 ? what.substring(0, 90) + "…" : what) + "]: " + answer;
        if (answer.status() >= 500 || answer.status() < 200) {
            wrong.add("FAULT " + where);
        } else if (answer.status() < 400) {
            if (mustBeRefused) {
                wrong.add("TAKEN " + where);
            }
        } else if (!answer.type().startsWith(PROBLEM)
                && answer.status() == 400
                && (UNREADABLE.matcher(what).find() || what.length() > LONGEST)) {
            sent.merge("unreadable", 1, Integer::sum);
        } else if (!answer.type().startsWith(PROBLEM)) {
            wrong.add("NO PROBLEM " + where);
        } else {
            JsonNode problem = JSON.readTree(answer.body());
            if (!kinds.contains(problem.get("type").asString())) {
                wrong.add("UNKNOWN KIND " + where);
            }
            if (problem.get("status").asInt() != answer.status()
                    || problem.get("title").asString().isBlank()
                    || problem.get("detail").asString().isBlank()) {
                wrong.add("SAYS LITTLE " + where);
            }
            if (INSIDE.matcher(answer.body()).find()) {
                wrong.add("TELLS OF THE INSIDE " + where);
            }
        }
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
                            JSON.readTree(ask("GET", path(example, own), null, null)
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
        return ask(operation.method(), path, type(example), body == null ? null : body.getBytes(UTF_8), with, headers);
    }

    private Answer send(Operation operation, String path, @Nullable String type, @Nullable String body) {
        return ask(operation.method(), path, type, body);
    }

    private Answer ask(String method, String path, @Nullable String type, @Nullable String body) {
        return ask(method, path, type, body == null ? null : body.getBytes(UTF_8), key, Map.of());
    }

    private Answer ask(
            String method,
            String path,
            @Nullable String type,
            byte @Nullable [] body,
            @Nullable String with,
            Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
                .timeout(Duration.ofMinutes(1))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (with != null) {
            request.header("Authorization", "Bearer " + with);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException e) {
            return new Answer(0, "", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What no client with manners sends. */
    private Answer raw(String line) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            String all = new String(in.readAllBytes(), UTF_8);
            Matcher status = Pattern.compile("^HTTP/1\\.1 (\\d{3})").matcher(all);
            Matcher type = Pattern.compile("(?i)\r\nContent-Type: ([^\r]*)").matcher(all);
            int body = all.indexOf("\r\n\r\n");
            return new Answer(
                    status.find() ? Integer.parseInt(status.group(1)) : 0,
                    type.find() ? type.group(1) : "",
                    body < 0 ? "" : unchunked(all.substring(body + 4)));
        } catch (IOException e) {
            return new Answer(0, "", e.toString());
        }
    }

    private static String unchunked(String body) {
        Matcher chunk =
                Pattern.compile("^[0-9a-f]+\r\n(.*?)\r\n0\r\n", Pattern.DOTALL).matcher(body);
        return chunk.find() ? chunk.group(1) : body;
    }
}
