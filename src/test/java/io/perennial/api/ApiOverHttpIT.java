package io.perennial.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.Permission;
import io.perennial.customers.ImportedData;
import io.perennial.customers.TestWorkbook;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.promotions.PromotionId;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Shop;
import io.perennial.promotions.VoucherCode;
import io.perennial.segments.KeptSegments;
import io.perennial.support.SqlGuard;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as programs reach it: over connections, with forms and files, and several of them at once. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "perennial.api.largest-upload=256KB",
            "perennial.api.requests-per-minute=" + ApiOverHttpIT.A_MINUTE
        })
@ActiveProfiles("test")
@Import({TestTenants.class, SqlGuard.class, ImportedData.class, Shop.class, KeptSegments.class})
@DirtiesContext
@TenantSql("Tests look at the rows themselves.")
class ApiOverHttpIT {

    static final int A_MINUTE = 120;
    private static final String PEOPLE = """
            email,first name,city
            ada@shop.example,Ada,Brno
            no address,Bob,Brno
            cid@shop.example,Cid,Brno
            """;

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    ApiKeys keys;

    @Autowired
    ImportedData rows;

    @Autowired
    Promotions promotions;

    @Autowired
    Shop offers;

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TenantId acme;
    private TenantId globex;
    private ApiKeys.Made key;

    @BeforeEach
    void twoShopsWithKeys() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        key = made(acme, Set.copyOf(ApiScopes.ALL));
    }

    private ApiKeys.Made made(TenantId tenant, Set<Permission> scopes) {
        return TestTenants.asOwner(tenant, () -> keys.make("Till", scopes, null));
    }

    private record Answer(int status, HttpResponse<String> raw) {

        JsonNode body() {
            return new JsonMapper().readTree(raw.body());
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    private HttpRequest.Builder request(ApiKeys.Made with, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + with.text().reveal());
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Answer get(String path) {
        return send(request(key, path));
    }

    private Answer post(ApiKeys.Made with, String path, String json) {
        return send(
                request(with, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** @param name of the part */
    private record Part(String name, String file, byte[] content) {}

    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxk";

    private static byte[] form(String boundary, Part... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name() + "\""
                    + (part.file() == null
                            ? ""
                            : "; filename=\"" + part.file() + "\"\r\nContent-Type: application/octet-stream")
                    + "\r\n\r\n";
            out.writeBytes(head.getBytes(UTF_8));
            out.writeBytes(part.content());
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
        return out.toByteArray();
    }

    private Answer upload(String query, String once, String boundary, byte[] form) {
        HttpRequest.Builder request = request(key, "/imports?" + query)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(form));
        return send(once == null ? request : request.header("Idempotency-Key", once));
    }

    private Answer upload(String query, Part... parts) {
        return upload(query, null, BOUNDARY, form(BOUNDARY, parts));
    }

    /** As a program does: asks until it is over. */
    private JsonNode over(Answer begun) {
        assertThat(begun.status()).as(begun.raw().body()).isEqualTo(202);
        String path = begun.header("Location").substring("/api/v1".length());
        assertThat(path).isEqualTo("/imports/" + begun.body().get("id").asString());
        List<Double> progress = new ArrayList<>();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    JsonNode now = get(path).body();
                    progress.add(now.get("progress").asDouble());
                    return !now.get("finishedAt").isNull();
                });
        assertThat(progress).isSorted().allMatch(p -> p >= 0 && p <= 1);
        assertThat(progress.getLast()).isEqualTo(1);
        return get(path).body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"people.csv", "people.xlsx", "people.zip"})
    void aFormsFileIsImportedWhateverKindOfFileItIs(String name) {
        byte[] file = switch (name) {
            case "people.xlsx" ->
                new TestWorkbook()
                        .texts(
                                "People",
                                PEOPLE.lines().map(line -> line.split(",")).toArray(String[][]::new))
                        .bytes();
            case "people.zip" -> TestWorkbook.zip(Map.of("people.csv", PEOPLE));
            default -> PEOPLE.getBytes(UTF_8);
        };
        JsonNode done = over(upload(
                "kind=CUSTOMERS", new Part("note", null, "hello".getBytes(UTF_8)), new Part("file", name, file)));
        assertThat(done.get("state").asString()).isEqualTo("DONE");
        assertThat(done.get("source").asString()).isEqualTo(name);
        assertThat(done.get("counts").get("created").asLong()).isEqualTo(2);
        assertThat(done.get("counts").get("rejected").asLong()).isEqualTo(1);
        assertThat(rows.count(acme, "customer")).isEqualTo(2);
        assertThat(rows.count(globex, "customer")).isZero();
        Answer rejects = get("/imports/" + done.get("id").asString() + "/rejects");
        assertThat(rejects.status()).isEqualTo(200);
        assertThat(rejects.header("Content-Type")).startsWith("text/csv");
        assertThat(rejects.header("Content-Disposition")).contains("attachment");
        assertThat(rejects.raw().body()).contains("no address").contains("Bob").doesNotContain("ada@shop.example");
        ApiKeys.Made foreign = made(globex, Set.copyOf(ApiScopes.ALL));
        for (String path : List.of("", "/rejects")) {
            assertThat(send(request(foreign, "/imports/" + done.get("id").asString() + path))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aDryRunReportsAndChangesNothing() {
        JsonNode done =
                over(upload("kind=CUSTOMERS&dryRun=true", new Part("file", "people.csv", PEOPLE.getBytes(UTF_8))));
        assertThat(done.get("dryRun").asBoolean()).isTrue();
        assertThat(done.get("counts").get("created").asLong()).isEqualTo(2);
        assertThat(done.get("counts").get("rejected").asLong()).isEqualTo(1);
        assertThat(get("/imports/" + done.get("id").asString() + "/rejects")
                        .raw()
                        .body())
                .contains("no address");
        assertThat(rows.count(acme, "customer")).isZero();
        assertThat(get("/imports").body().get("data")).as("it is no import").isEmpty();
    }

    @Test
    void aFormThatIsNoneIsRefusedWithWhatToDo() {
        byte[] file = PEOPLE.getBytes(UTF_8);
        refused(400, "as the part “file”", upload("kind=CUSTOMERS", new Part("upload", "people.csv", file)));
        refused(400, "no file in it", upload("kind=CUSTOMERS", new Part("note", null, file)));
        refused(400, "no file in it", upload("kind=CUSTOMERS"));
        refused(
                400,
                "two files",
                upload("kind=CUSTOMERS", new Part("file", "a.csv", file), new Part("file", "b.csv", file)));
        byte[] whole = form(BOUNDARY, new Part("file", "people.csv", file));
        refused(
                400,
                "cut off",
                upload("kind=CUSTOMERS", null, BOUNDARY, java.util.Arrays.copyOf(whole, whole.length - 30)));
        refused(400, "cut off", upload("kind=CUSTOMERS", null, "another", whole));
        refused(400, "", upload("kind=NOTHING", new Part("file", "people.csv", file)));
        refused(
                400,
                "no column “nick”",
                upload("kind=CUSTOMERS&map=FIRST_NAME=nick", new Part("file", "people.csv", file)));
        refused(422, "", upload("kind=CUSTOMERS", new Part("file", "people.csv", new byte[0])));
        refused(
                422,
                "map=EXTERNAL_ID=nick. The file has: nick, town.",
                upload("kind=CUSTOMERS", new Part("file", "people.csv", "nick,town\nada,Brno\n".getBytes(UTF_8))));
        refused(413, "at most 262144 bytes", upload("kind=CUSTOMERS", new Part("file", "big.csv", new byte[300_000])));
        assertThat(get("/imports").body().get("data")).isEmpty();
        assertThat(rows.count(acme, "customer")).isZero();
    }

    private static void refused(int status, String words, Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.raw().body()).contains(words);
    }

    @Test
    void columnsThatSayNothingByTheirNamesAreMapped() {
        JsonNode done = over(upload(
                "kind=CUSTOMERS&map=EMAIL=contact&map=CITY=where",
                new Part("file", "people.csv", "contact,where\nada@shop.example,Brno\n".getBytes(UTF_8))));
        assertThat(done.get("counts").get("created").asLong()).isEqualTo(1);
        assertThat(rows.rows(acme, "customer").getFirst()).containsEntry("city", "Brno");
    }

    @Test
    void theSameFileSentTwiceUnderOneNameIsImportedOnce() {
        Part file = new Part("file", "people.csv", PEOPLE.getBytes(UTF_8));
        Answer first = upload("kind=CUSTOMERS", "one", BOUNDARY, form(BOUNDARY, file));
        // Each time a program makes a form, its boundary is another.
        Answer again = upload("kind=CUSTOMERS", "one", "other", form("other", file));
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.body().get("id")).isEqualTo(first.body().get("id"));
        refused(
                422,
                "idempotency-key-reused",
                upload(
                        "kind=CUSTOMERS",
                        "one",
                        BOUNDARY,
                        form(BOUNDARY, new Part("file", "people.csv", "email\nx@shop.example\n".getBytes(UTF_8)))));
        over(first);
        assertThat(get("/imports").body().get("data")).hasSize(1);
    }

    @Test
    void ofManyTillsThatRedeemOneVoucherAtOnceOneDoes() throws Exception {
        String code = voucher();
        List<Answer> answers = atOnce(
                8,
                till -> post(
                        made(acme, Set.of(Permission.PROMOTION_REDEEM)),
                        "/vouchers/redeem",
                        "{\"code\":\"" + code + "\",\"orderAmount\":100}"));
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.body().get("verdict").asString()))
                .containsOnlyOnce("REDEEMED")
                .containsOnly("REDEEMED", "USED");
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.body().get("redeemedAt").isNull()).isFalse());
        assertThat(post(
                                made(globex, Set.of(Permission.PROMOTION_REDEEM)),
                                "/vouchers/redeem",
                                "{\"code\":\"" + code + "\"}")
                        .body()
                        .get("verdict")
                        .asString())
                .isEqualTo("UNKNOWN");
    }

    /** A budget that bears one order and not the other: the request's own transaction must outlive the no. */
    @Test
    void aVoucherThatTheBudgetDoesNotBearIsRefusedWithTheReasonAndGoodForASmallerOrder() {
        String code = voucher("30");
        String large = "{\"code\":\"" + code + "\",\"orderAmount\":400}";
        for (String once : List.of("", "one", "one")) {
            HttpRequest.Builder request = request(key, "/vouchers/redeem")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(large));
            Answer answer = send(once.isEmpty() ? request : request.header("Idempotency-Key", once));
            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
            assertThat(answer.body().get("verdict").asString()).isEqualTo("SPENT");
            assertThat(answer.body().get("redeemedAt").isNull()).isTrue();
        }
        assertThat(rows.rows(acme, "voucher").getFirst())
                .containsEntry("redeemed_at", null)
                .containsEntry("cost", null);
        assertThat(rows.rows(acme, "promotion").getFirst()).containsEntry("redeemed", 0);
        ApiKeys.Made foreign = made(globex, Set.copyOf(ApiScopes.ALL));
        assertThat(post(foreign, "/vouchers/redeem", large)
                        .body()
                        .get("verdict")
                        .asString())
                .isEqualTo("UNKNOWN");
        assertThat(post(key, "/vouchers/redeem", large.replace("400", "200"))
                        .body()
                        .get("verdict")
                        .asString())
                .isEqualTo("REDEEMED");
        assertThat(rows.rows(acme, "promotion").getFirst()).containsEntry("redeemed", 1);
    }

    private String voucher() {
        return voucher(null);
    }

    /** @param most what the promotion may cost; nothing where there is no limit */
    private String voucher(String most) {
        CustomerId customer = offers.customer(acme, "Ada");
        PromotionId promotion =
                TestTenants.asOwner(acme, () -> promotions.create(offers.today(Shop.percent("10"), null, most)));
        String code = VoucherCode.random().value();
        jdbc.update(
                "UPDATE promotion SET status = 'PLANNED' WHERE tenant_id = ? AND id = ?",
                acme.value(),
                promotion.value());
        jdbc.update(
                "INSERT INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at) "
                        + "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
                acme.value(),
                TimeOrderedIds.next(),
                promotion.value(),
                customer.value(),
                code);
        return code;
    }

    @Test
    void howMuchIsLeftIsToldRightWhenManyAskAtOnce() throws Exception {
        ApiKeys.Made one = made(acme, Set.of(Permission.CUSTOMER_READ));
        long start = System.nanoTime();
        List<Answer> answers = atOnce(160, n -> send(request(one, "/customers?limit=1")));
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Answer> good =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(good.size())
                .as("a minute's, and what came back meanwhile")
                .isBetween(A_MINUTE, Math.min(160, A_MINUTE + (int) Math.ceil(seconds * A_MINUTE / 60) + 1));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"key\";q=120;w=60");
            assertThat(answer.header("RateLimit")).matches("\"key\";r=\\d+;t=\\d+");
            if (answer.status() == 429) {
                assertThat(answer.header("RateLimit")).startsWith("\"key\";r=0;");
                assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
                assertThat(answer.body().get("type").asString()).isEqualTo("urn:perennial:problem:too-many-requests");
            } else {
                assertThat(answer.status()).isEqualTo(200);
            }
        });
        assertThat(get("/customers?limit=1").status())
                .as("another key has its own")
                .isEqualTo(200);
    }

    @Test
    void aKeyIsOverWithTheNextRequestOfAConnectionThatIsOpen() {
        ApiKeys.Made brief = made(acme, Set.of(Permission.CUSTOMER_READ));
        assertThat(send(request(brief, "/customers")).status()).isEqualTo(200);
        refused(403, "missing-scope", post(brief, "/customers", "{\"externalId\":\"c1\"}"));
        TestTenants.asOwner(acme, () -> keys.revoke(brief.key().id()));
        refused(401, "unauthenticated", send(request(brief, "/customers")));
        jdbc.update(
                "UPDATE business SET suspended_at = UTC_TIMESTAMP(6), suspended_reason = 'Because' WHERE id = ?",
                acme.value());
        refused(403, "business-stopped", get("/customers"));
        assertThat(rows.count(acme, "customer")).isZero();
    }

    @Test
    void pagesGoOnWhoeverComesAndGoesMeanwhile() {
        for (int i = 0; i < 6; i++) {
            post(key, "/customers", "{\"externalId\":\"c" + i + "\"}");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; !cursor.equals("end"); page++) {
            JsonNode body = get("/customers?limit=2" + cursor).body();
            body.get("data").forEach(c -> seen.add(c.get("externalId").asString()));
            // The one that the cursor points to goes, and another comes.
            String last =
                    body.get("data").get(body.get("data").size() - 1).get("id").asString();
            assertThat(send(request(key, "/customers/" + last).DELETE()).status())
                    .isEqualTo(200);
            if (page == 0) {
                post(key, "/customers", "{\"externalId\":\"late\"}");
            }
            cursor = body.get("nextCursor").isNull()
                    ? "end"
                    : "&cursor=" + body.get("nextCursor").asString();
        }
        assertThat(seen).containsOnlyOnce("c0", "c1", "c2", "c3", "c4", "c5").doesNotHaveDuplicates();
    }

    /** As somebody does who has just made a key: pastes what the page shows into a terminal, from the top to the bottom. */
    @Test
    void everyCommandOfThePageDoesWhatThePageSays(@TempDir Path folder) throws Exception {
        ExampleShop shop = application.getAutowireCapableBeanFactory().createBean(ExampleShop.class);
        Map<String, String> own = new HashMap<>(shop.open("Roastery"));
        ApiKeys.Made theirs = made(shop.tenant(), Set.copyOf(ApiScopes.ALL));
        String before = rows.checksum(globex);
        JsonNode file = new JsonMapper().readTree(getClass().getResourceAsStream("/api/examples.json"));
        Map<String, JsonNode> byTitle = new HashMap<>();
        file.get("operations")
                .forEach(example -> byTitle.put(example.get("title").asString(), example));
        Files.writeString(
                folder.resolve("customers.csv"),
                file.at("/operations/POST ~1imports/body").asString());
        String page = http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/docs"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(page).contains("export PERENNIAL_KEY=pk_live_");
        Matcher commands = Pattern.compile(
                        "<pre[^>]*aria-label=\"curl: ([^\"]+)\"[^>]*>(curl .*?)</pre>", Pattern.DOTALL)
                .matcher(page);
        List<String> pasted = new ArrayList<>();
        while (commands.find()) {
            JsonNode example = byTitle.get(commands.group(1));
            String command = HtmlUtils.htmlUnescape(commands.group(2))
                    .replaceAll("http://localhost:\\d+", "http://localhost:" + port);
            for (Map.Entry<String, JsonNode> id : file.get("ids").properties()) {
                if (own.containsKey(id.getKey())) {
                    command = command.replace(id.getValue().asString(), own.get(id.getKey()));
                }
            }
            String[] said = pasted(command, theirs, folder);
            assertThat(said[1])
                    .as("%s: %s", command, said[0])
                    .isEqualTo(example == null ? "200" : example.get("status").asString());
            if (example != null && example.has("remember")) {
                own.put(
                        example.get("remember").asString(),
                        new JsonMapper().readTree(said[0]).get("id").asString());
            }
            if (said[1].equals("202")) {
                String job = "/imports/" + own.get("import") + (command.contains("/undo\"") ? "/undo" : "");
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> !send(request(theirs, job))
                                .body()
                                .get("finishedAt")
                                .isNull());
            }
            pasted.add(commands.group(1));
        }
        assertThat(pasted)
                .hasSize(byTitle.size() + 1)
                .contains("your first request")
                .containsAll(byTitle.keySet());
        assertThat(rows.checksum(globex)).isEqualTo(before);
    }

    /** What came back, and its status. */
    private static String[] pasted(String command, ApiKeys.Made key, Path folder) throws Exception {
        assertThat(command).startsWith("curl ");
        ProcessBuilder terminal = new ProcessBuilder(
                        "bash", "-c", "curl -sS -w '\n%{http_code}' " + command.substring("curl ".length()))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        terminal.environment().put("PERENNIAL_KEY", key.text().reveal());
        Process process = terminal.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        int end = said.lastIndexOf('\n');
        return new String[] {said.substring(0, end), said.substring(end + 1)};
    }

    private interface Asking {
        Answer ask(int number);
    }

    private static List<Answer> atOnce(int many, Asking asking) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int number = i;
                all.add(() -> asking.ask(number));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : threads.invokeAll(all)) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
