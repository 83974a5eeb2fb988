package io.perennial.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignFixtures;
import io.perennial.campaigns.CampaignId;
import io.perennial.content.TemplateId;
import io.perennial.customers.ImportJobs;
import io.perennial.customers.ImportedData;
import io.perennial.insights.Insights;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Shop;
import io.perennial.promotions.VoucherCode;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.SegmentId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import io.perennial.webhooks.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends every example of the page of the API to the running server, one after the other in one business, and holds the
 * answers against those on the page: the same status, the same values of the same kinds. Run with {@code
 * -Dapi.examples.write=true} it writes the answers anew.
 */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class ApiExamplesTest {

    private static final Path FILE = Path.of("src/main/resources/api/examples.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    CampaignDesk campaigns;

    @Autowired
    CampaignControl control;

    @Autowired
    Promotions promotions;

    @Autowired
    Shop shop;

    @Autowired
    Insights insights;

    @Autowired
    ImportJobs jobs;

    @Autowired
    KeptSegments kept;

    @Autowired
    ImportedData rows;

    @Autowired
    JdbcTemplate jdbc;

    private CampaignFixtures fixtures;
    private ApiClient programs;
    private TenantId roastery;
    private ApiKeys.Made key;
    private final Map<String, String> ids = new LinkedHashMap<>();

    @BeforeEach
    void aBusinessWithSomethingOfEverything() {
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        fixtures = application.getAutowireCapableBeanFactory().createBean(CampaignFixtures.class);
        roastery = tenants.fresh("Roastery");
        fixtures.makeReady(roastery);
        key = programs.key(roastery);
        CustomerId eve = fixtures.customer(roastery, "eve", "Brno");
        fixtures.customer(roastery, "dan", "Brno");
        CustomerId leaver = fixtures.customer(roastery, "leo", "Plzeň");
        ids.put("leaver", leaver.toString());
        programs.post(
                key,
                "/orders",
                "{\"number\":\"A-1000\",\"customer\":{\"externalId\":\"c-1000\"},\"orderedAt\":\"2026-02-01T10:00:00Z\","
                        + "\"total\":250}");
        TestTenants.asOwner(roastery, () -> {
            SegmentId segment = fixtures.livingIn("Brno");
            TemplateId template = fixtures.templateSaying("News", "Hello");
            CampaignId sent = campaigns.create(CampaignFixtures.content("January news", template, segment));
            control.sendNow(sent);
            fixtures.launch(roastery, sent);
            CampaignId draft = campaigns.create(CampaignFixtures.content("Spring news", template, segment));
            ids.put("segment", segment.toString());
            ids.put("sent", sent.toString());
            ids.put("draft", draft.toString());
            ids.put(
                    "promotion",
                    promotions
                            .create(shop.today(Shop.percent("10"), null, null))
                            .toString());
            insights.recompute();
        });
        kept.lookAfter(roastery);
        ids.put(
                "tomorrow",
                fixtures.tomorrow(roastery).truncatedTo(ChronoUnit.SECONDS).toString());
        ids.put("waiting", waitingImport());
        ids.put("voucher", voucher(eve));
        Awaitility.await()
                .pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        TestTenants.asOwner(roastery, () -> insights.latest().isPresent()));
    }

    /** One that was interrupted by the end of its node. */
    private String waitingImport() {
        long id = TimeOrderedIds.next();
        jdbc.update(
                "INSERT INTO import_job (tenant_id, id, kind, state, source, dry_run, bytes_total, started_by, queued_at, "
                        + "beat_at, finished_at) VALUES (?, ?, 'CUSTOMERS', 'INTERRUPTED', 'old.csv', FALSE, 100, 'Olga', "
                        + "UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                roastery.value(),
                id);
        return Long.toString(id);
    }

    private String voucher(CustomerId customer) {
        long promotion = Long.parseLong(ids.get("promotion"));
        jdbc.update(
                "UPDATE promotion SET status = 'PLANNED' WHERE tenant_id = ? AND id = ?", roastery.value(), promotion);
        jdbc.update(
                "INSERT INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at) "
                        + "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
                roastery.value(),
                TimeOrderedIds.next(),
                promotion,
                customer.value(),
                VoucherCode.random().value());
        return jdbc.queryForObject("SELECT code FROM voucher WHERE tenant_id = ?", String.class, roastery.value());
    }

    @Test
    void everyExampleIsAnsweredAsThePageSays() throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Files.readString(FILE));
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : file.get("operations").properties()) {
            ObjectNode example = (ObjectNode) each.getValue();
            ApiClient.Answer answer = send(each.getKey(), example);
            JsonNode body = answered(answer);
            if (answer.status() >= 300) {
                wrong.add(each.getKey() + ": " + answer.status() + " " + body);
            } else if (example.path("status").asInt() != answer.status()) {
                wrong.add(each.getKey() + ": " + answer.status() + ", not " + example.path("status"));
            } else if (example.has("answer")) {
                differ(each.getKey(), example.get("answer"), body, wrong);
            }
            if (example.has("remember")) {
                ids.put(example.get("remember").asString(), body.get("id").asString());
            }
            example.put("status", answer.status());
            example.set("answer", body);
            settle(each.getKey());
        }
        if (Boolean.getBoolean("api.examples.write")) {
            ObjectNode known = JSON.createObjectNode();
            ids.forEach(known::put);
            file.set("ids", known);
            Files.writeString(FILE, JSON.writeValueAsString(file) + "\n");
        }
        assertThat(wrong)
                .as("run ./mvnw test -Dtest=ApiExamplesTest -Dapi.examples.write=true, look at what changed, commit it")
                .isEmpty();
    }

    @Test
    void thereIsOneForEveryOperation() throws IOException {
        TreeSet<String> described = new TreeSet<>();
        programs.send((String) null, HttpMethod.GET, "/openapi.json", null, null)
                .body()
                .get("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> described.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.substring("/api/v1".length()))));
        TreeSet<String> shown = new TreeSet<>();
        JSON.readTree(Files.readString(FILE)).get("operations").propertyNames().forEach(shown::add);
        assertThat(shown).isEqualTo(described);
    }

    @Test
    void thePageShowsThemAllAndRunsNoScript() throws IOException {
        MockHttpServletResponse page = programs.page("/api/docs");
        assertThat(page.getStatus()).isEqualTo(200);
        String html = page.getContentAsString(StandardCharsets.UTF_8);
        JSON.readTree(Files.readString(FILE))
                .get("operations")
                .forEach(example ->
                        assertThat(html).contains(">" + example.get("title").asString() + "<"));
        EventType.OFFERED.forEach(type -> assertThat(html).contains(">" + type.id() + "<"));
        assertThat(html).doesNotContain("<script").doesNotContain("style=");
        assertThat(page.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("style-src 'sha256-")
                .doesNotContain("unsafe");
        Files.writeString(Path.of("target/api-docs.html"), html);
    }

    private ApiClient.Answer send(String name, JsonNode example) {
        String path = filled(example.get("path").asString());
        JsonNode body = example.get("body");
        HttpMethod method = HttpMethod.valueOf(name.substring(0, name.indexOf(' ')));
        if (name.startsWith("PUT /templates")) {
            ((ObjectNode) body).set("version", programs.get(key, path).body().get("version"));
        }
        if (body != null && body.isString()) {
            return programs.upload(
                    key, path, example.get("type").asString(), body.asString().getBytes(StandardCharsets.UTF_8));
        }
        return programs.send(key, method, path, body == null ? null : filled(body.toString()), null);
    }

    /** What goes on in the background is over before the next example asks for it. */
    private void settle(String name) {
        if (name.equals("POST /imports") || name.equals("POST /imports/{import}/undo")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !programs.get(
                                    key, "/imports/" + ids.get("import") + (name.endsWith("undo") ? "/undo" : ""))
                            .body()
                            .get("finishedAt")
                            .isNull());
        }
    }

    private static JsonNode answered(ApiClient.Answer answer) {
        return String.valueOf(answer.raw().getContentType()).startsWith("text/")
                ? JSON.getNodeFactory()
                        .stringNode(new String(answer.raw().getContentAsByteArray(), StandardCharsets.UTF_8))
                : answer.body();
    }

    private String filled(String text) {
        Matcher parts = Pattern.compile("\\{(\\w+)}").matcher(text);
        return parts.replaceAll(part -> Matcher.quoteReplacement(ids.getOrDefault(part.group(1), part.group())));
    }

    /** The same names, and values of the same kind; what is null now and then may be either. */
    private static void differ(String where, JsonNode shown, JsonNode is, List<String> wrong) {
        if (shown.isNull() || is.isNull()) {
            return;
        }
        if (shown.getNodeType() != is.getNodeType()) {
            wrong.add(where + ": " + is.getNodeType() + ", not " + shown.getNodeType());
        } else if (shown.isObject()) {
            TreeSet<String> names = new TreeSet<>(shown.propertyNames());
            if (!names.equals(new TreeSet<>(is.propertyNames()))) {
                wrong.add(where + ": " + is.propertyNames() + ", not " + names);
                return;
            }
            names.forEach(name -> differ(where + "/" + name, shown.get(name), is.get(name), wrong));
        } else if (shown.isArray() && !shown.isEmpty() && !is.isEmpty()) {
            differ(where + "/0", shown.get(0), is.get(0), wrong);
        }
    }
}
