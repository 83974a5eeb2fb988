package io.perennial.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.perennial.api.ApiClient;
import io.perennial.api.ApiKeys;
import io.perennial.campaigns.CampaignControl;
import io.perennial.campaigns.CampaignDesk;
import io.perennial.campaigns.CampaignFixtures;
import io.perennial.campaigns.CampaignId;
import io.perennial.customers.Customers;
import io.perennial.customers.Erasures;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.delivery.RealSending;
import io.perennial.delivery.SentMails;
import io.perennial.delivery.returns.ComesBack;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.promotions.PromotionId;
import io.perennial.promotions.Promotions;
import io.perennial.promotions.Redemptions;
import io.perennial.promotions.Shop;
import io.perennial.promotions.VoucherCode;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.SegmentId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.ScriptedSmtp.Step;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every kind of event is caused by what it tells of, sent to a real receiver, and is as the published description says: with
 * all that stands there and nothing more.
 */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class EventContractTest extends HookedShops {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0";
    private static final Pattern CLICK = Pattern.compile("/p/c/([\\w-]+)");
    private static final Pattern UNSUBSCRIBE = Pattern.compile("(?m)^List-Unsubscribe: <[^>]*/p/u/([\\w-]+)>");

    @Autowired
    WebApplicationContext application;

    @Autowired
    Customers customers;

    @Autowired
    Erasures erasures;

    @Autowired
    Suppressions suppressions;

    @Autowired
    KeptSegments kept;

    @Autowired
    CampaignDesk campaigns;

    @Autowired
    CampaignControl control;

    @Autowired
    Promotions promotions;

    @Autowired
    Redemptions redemptions;

    @Autowired
    Shop offers;

    private ApiClient programs;
    private CampaignFixtures fixtures;
    private MockMvc web;
    private ApiKeys.Made key;
    private Webhooks.Made mine;
    private JsonNode description;
    private final EnumMap<EventType, List<JsonNode>> told = new EnumMap<>(EventType.class);

    @BeforeEach
    void aShopThatTellsEverything() {
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        fixtures = application.getAutowireCapableBeanFactory().createBean(CampaignFixtures.class);
        web = MockMvcBuilders.webAppContextSetup(application)
                .apply(springSecurity())
                .build();
        fixtures.makeReady(acme);
        key = programs.key(acme);
        mine = add(acme, "/acme", EventType.OFFERED);
        add(globex, "/globex", EventType.OFFERED);
        description = programs.send((String) null, HttpMethod.GET, "/openapi.json", null, null)
                .body();
    }

    @Test
    void everyKindIsCausedAndIsAsDescribed() {
        String ada = made("ada");
        String bob = made("bob");
        String cid = made("cid");
        customersChange(ada);
        segmentsMove(bob);
        aFileIsImported();
        vouchersAreRedeemed(bob);
        aCampaignIsSentAndReadAndLeft();
        mailsComeBack();
        TestTenants.asOwner(acme, () -> erasures.erase(new CustomerId(Long.parseLong(cid)), "cid@customers.example"));
        TestTenants.asOwner(acme, () -> log.test(mine.endpoint().id()));
        hear();

        assertThat(EnumSet.allOf(EventType.class))
                .as("kinds that nothing here caused")
                .allMatch(told::containsKey);
        assertThat(described())
                .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(EventType.class).stream()
                        .map(EventType::id)
                        .toList());
        assertThat(reasons()).contains("MANUAL", "BOUNCED", "UNSUBSCRIBED", "COMPLAINED");
        assertThat(told.get(EventType.CUSTOMER_CREATED).toString()).contains(ada, bob, cid);
        assertThat(told.get(EventType.CUSTOMER_ERASED).toString()).contains(cid);
        assertThat(shop.asked().stream().map(a -> a.path()).distinct())
                .as("nobody else's shop heard of it")
                .containsExactly("/acme");
        assertThat(shop.asked().toString())
                .as("ids only")
                .doesNotContain("@customers.example")
                .doesNotContain("Adelaide");
    }

    private void customersChange(String ada) {
        expect(200, programs.send(key, HttpMethod.PATCH, "/customers/" + ada, "{\"firstName\":\"Adelaide\"}", null));
        expect(
                200,
                programs.send(
                        key,
                        HttpMethod.PUT,
                        "/customers/" + ada + "/consents/news",
                        "{\"status\":\"GRANTED\",\"source\":\"till\"}",
                        null));
        expect(201, programs.post(key, "/orders", """
                {"number":"A-1","customer":{"externalId":"ada"},"orderedAt":"2026-03-01T10:00:00Z","total":250}"""));
        EmailAddress address = new EmailAddress("ada@customers.example");
        TestTenants.asOwner(acme, () -> {
            suppressions.suppress(address, SuppressionReason.MANUAL, "by phone");
            suppressions.liftManual(address);
        });
    }

    private void segmentsMove(String bob) {
        TestTenants.asOwner(acme, () -> fixtures.livingIn("Brno"));
        kept.lookAfter(acme);
        TestTenants.asOwner(acme, () -> kept.move(Long.parseLong(bob), "Brno"));
        kept.lookAfter(acme);
        TestTenants.asOwner(acme, () -> kept.move(Long.parseLong(bob), "Praha"));
        kept.lookAfter(acme);
    }

    private void aFileIsImported() {
        ApiClient.Answer begun = programs.upload(
                key,
                "/imports?kind=CUSTOMERS",
                "text/csv",
                "email,city\ndan@customers.example,Plzen\neve@customers.example,Plzen\n"
                        .getBytes(StandardCharsets.UTF_8));
        expect(202, begun);
        String path = "/imports/" + begun.body().get("id").asString();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !programs.get(key, path).body().get("finishedAt").isNull());
        assertThat(programs.get(key, path).body().get("state").asString()).isEqualTo("DONE");
    }

    private void vouchersAreRedeemed(String customer) {
        long voucher = TimeOrderedIds.next();
        String code = VoucherCode.random().value();
        PromotionId promotion =
                TestTenants.asOwner(acme, () -> promotions.create(offers.today(Shop.percent("10"), null, null)));
        jdbc.update(
                "UPDATE promotion SET status = 'PLANNED' WHERE tenant_id = ? AND id = ?",
                acme.value(),
                promotion.value());
        jdbc.update(
                "INSERT INTO voucher (tenant_id, id, promotion_id, customer_id, code, issued_at) "
                        + "VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
                acme.value(),
                voucher,
                promotion.value(),
                Long.parseLong(customer),
                code);
        expect(200, programs.post(key, "/vouchers/redeem", "{\"code\":\"" + code + "\",\"orderAmount\":120.50}"));
        assertThat(TestTenants.asOwner(acme, () -> redemptions.undo(voucher))).isTrue();
    }

    /** To three in Plzeň, one of whose servers refuses; one of them follows the link, and leaves then. */
    private void aCampaignIsSentAndReadAndLeft() {
        fixtures.customer(acme, "nobody", "Plzen");
        CampaignId campaign = TestTenants.asOwner(acme, () -> {
            SegmentId segment = fixtures.livingIn("Plzen");
            CampaignId id = campaigns.create(CampaignFixtures.content(
                    "News", fixtures.templateSaying("News", "<a href=\"https://shop.example/\">Shop</a>"), segment));
            control.sendNow(id);
            return id;
        });
        fixtures.launch(acme, campaign);
        List<ScriptedSmtp.Received> mails = RealSending.send(
                application,
                acme,
                (step, exchange) ->
                        step == Step.RCPT && exchange.to().startsWith("nobody@") ? "550 5.1.1 User unknown" : null);
        assertThat(mails).hasSize(2);
        // Who follows a link the moment it is sent is taken for a scanner.
        jdbc.update("UPDATE message SET sent_at = sent_at - INTERVAL 1 HOUR WHERE tenant_id = ?", acme.value());
        String mail = mails.getFirst().content();
        call(get("/p/c/" + token(CLICK, mail.replace("=\r\n", ""))), 302);
        call(
                post("/p/u/" + token(UNSUBSCRIBE, mail.replaceAll("\\r\\n[ \\t]+", " ")))
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("List-Unsubscribe=One-Click"),
                200);
    }

    private void mailsComeBack() {
        SentMails sent = new SentMails(application);
        List<SentMails.Sent> two = sent.run(acme, 2);
        ComesBack.take(application, "postfix-unknown", sent.values(two.getFirst()));
        ComesBack.take(application, "arf-yahoo", sent.values(two.getLast()));
    }

    private void call(org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder request, int status) {
        try {
            assertThat(web.perform(request.header("User-Agent", PERSON))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(status);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(Pattern link, String mail) {
        Matcher found = link.matcher(mail);
        assertThat(found.find()).as(mail).isTrue();
        return found.group(1);
    }

    private String made(String name) {
        ApiClient.Answer answer = programs.post(
                key,
                "/customers",
                "{\"externalId\":\"%s\",\"email\":\"%s@customers.example\",\"city\":\"Praha\"}".formatted(name, name));
        expect(201, answer);
        hear(); // before what is about somebody goes with them
        return answer.body().get("id").asString();
    }

    private static void expect(int status, ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    }

    /** Lets all go out and keeps it by its kind; fails for one that is not as described. */
    private void hear() {
        serve(acme);
        serve(globex);
        told.clear();
        List<String> wrong = new ArrayList<>();
        shop.asked().forEach(asked -> {
            JsonNode body = JSON.readTree(asked.body());
            String id = body.get("type").asString();
            told.computeIfAbsent(EventType.of(id).orElseThrow(), type -> new ArrayList<>())
                    .add(body.get("data"));
            schema(id).validate(asked.body(), InputFormat.JSON).forEach(problem -> wrong.add(id + ": " + problem));
        });
        assertThat(wrong).isEmpty();
    }

    private TreeSet<String> described() {
        return new TreeSet<>(description.get("webhooks").propertyNames());
    }

    private TreeSet<String> reasons() {
        TreeSet<String> reasons = new TreeSet<>();
        told.get(EventType.SUPPRESSION_ADDED)
                .forEach(data -> reasons.add(data.get("reason").asString()));
        return reasons;
    }

    /** As published, and nothing that is not published. */
    private Schema schema(String id) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", closed(description.get("components").deepCopy()));
        whole.setAll((ObjectNode) closed(description
                .get("webhooks")
                .get(id)
                .get("post")
                .get("requestBody")
                .get("content")
                .get("application/json")
                .get("schema")
                .deepCopy()));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);
    }

    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.get("properties") instanceof ObjectNode) {
            object.put("additionalProperties", false);
        }
        schema.forEach(EventContractTest::closed);
        return schema;
    }
}
