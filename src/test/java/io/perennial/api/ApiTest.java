package io.perennial.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.customers.ImportedData;
import io.perennial.kernel.TenantId;
import io.perennial.segments.KeptSegments;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentRef;
import io.perennial.segments.Segments;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;

/** What programs read and change: two shops, each with its own. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class ApiTest {

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    ImportedData rows;

    @Autowired
    Segments segments;

    @Autowired
    KeptSegments kept;

    ApiClient programs;
    TenantId acme;
    TenantId globex;
    ApiKeys.Made key;
    ApiKeys.Made foreign;

    @BeforeEach
    void twoShopsWithKeys() {
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        key = programs.key(acme);
        foreign = programs.key(globex);
    }

    @Test
    void aCustomerIsMadeChangedFoundAndErased() {
        ApiClient.Answer made = programs.post(key, "/customers", """
                {"externalId":"c1","email":"Ada@Shop.example","firstName":"Ada","birthday":"1990-05-17",
                 "country":"CZ","locale":"cs-CZ","timeZone":"Europe/Prague","tags":["vip","coffee, dark"]}""");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        String id = made.body().get("id").asString();
        assertThat(made.header("Location")).isEqualTo("/api/v1/customers/" + id);
        assertThat(made.body().get("email").asString()).isEqualTo("ada@shop.example");
        assertThat(made.body().get("tags").toString()).isEqualTo("[\"coffee, dark\",\"vip\"]");
        ApiClient.Answer again = programs.post(key, "/customers", "{\"externalId\":\"c1\",\"lastName\":\"Nováková\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("id").asString()).isEqualTo(id);
        assertThat(again.body().get("firstName").asString()).isEqualTo("Ada");
        ApiClient.Answer patched = programs.send(
                key, HttpMethod.PATCH, "/customers/" + id, "{\"firstName\":null,\"city\":\"Brno\"}", null);
        assertThat(patched.status()).as(patched.body().toString()).isEqualTo(200);
        assertThat(patched.body().get("firstName").isNull()).isTrue();
        assertThat(patched.body().get("city").asString()).isEqualTo("Brno");
        assertThat(programs.get(key, "/customers?email=ADA@shop.example").body().get("data"))
                .hasSize(1);
        assertThat(programs.get(key, "/customers?externalId=c1&email=other@shop.example")
                        .body()
                        .get("data"))
                .isEmpty();
        assertThat(programs.send(key, HttpMethod.DELETE, "/customers/" + id, null, null)
                        .status())
                .isEqualTo(200);
        assertThat(programs.get(key, "/customers/" + id).status()).isEqualTo(404);
        ApiClient.Answer back = programs.post(key, "/customers", "{\"externalId\":\"c1\"}");
        assertThat(back.status()).as("who was erased does not come back").isEqualTo(422);
    }

    @Test
    void aFileOfWhichNoRowCouldBeUsedIsNotTaken() {
        ApiClient.Answer nobody = programs.upload(
                key, "/imports?kind=ORDERS", "text/csv", "invoice,date,amount\nI1,2026-05-01,12\n".getBytes(UTF_8));
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.body().get("detail").asString()).contains("the customer id or the e-mail address");
        assertThat(nobody.body().get("errors").toString())
                .contains("\"map\"")
                .contains("EXTERNAL_ID or EMAIL")
                .contains("map=EXTERNAL_ID=invoice")
                .contains("invoice, date, amount");
        assertThat(programs.upload(
                                key,
                                "/imports?kind=ORDERS",
                                "text/csv",
                                "email,date\na@b.example,1.5.2026\n".getBytes(UTF_8))
                        .body()
                        .get("errors")
                        .toString())
                .contains("AMOUNT or UNIT_PRICE or ORDER_TOTAL");
        assertThat(rows.count(acme, "import_job")).isZero();
    }

    @Test
    void badInputIsToldValueByValueAndChangesNothing() {
        String before = rows.checksum(acme);
        ApiClient.Answer answer = programs.post(
                key, "/customers", "{\"externalId\":\"" + "x".repeat(101) + "\",\"email\":\"no address\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().get("errors").toString())
                .contains("\"#/email\"")
                .contains("\"#/externalId\"");
        assertThat(programs.post(key, "/customers", "{\"email\":\"a@shop.example\",\"fristName\":\"Ada\"}")
                        .body()
                        .toString())
                .contains("#/fristName");
        assertThat(programs.post(key, "/customers", "{\"email\":").status()).isEqualTo(400);
        assertThat(programs.post(key, "/customers", "{\"firstName\":\"Ada\"}").status())
                .isEqualTo(422);
        assertThat(programs.post(key, "/customers", "{\"email\":\"a@shop.example\",\"attributes\":{\"none\":1}}")
                        .body()
                        .toString())
                .contains("#/attributes/none");
        assertThat(programs.get(key, "/customers?limit=0").status()).isEqualTo(400);
        assertThat(programs.get(key, "/customers/abc").status()).isEqualTo(400);
        assertThat(programs.get(key, "/nothing").status()).isEqualTo(404);
        ApiClient.Answer put = programs.send(key, HttpMethod.PUT, "/customers", "{}", null);
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).isEqualTo("GET, POST");
        assertThat(programs.post(key, "/customers", "{\"email\":\"" + "x".repeat(1_100_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(rows.checksum(acme)).isEqualTo(before);
    }

    @Test
    void ordersBecomeFiguresOfTheirCustomer() {
        String order = """
                {"number":"A-1","customer":{"email":"ada@shop.example"},"orderedAt":"2026-03-01T10:00:00+01:00",
                 "lines":[{"sku":"k1","product":"Kenya AA","category":"Coffee","quantity":2,"amount":500},
                          {"product":"Filter","amount":60.5}]}""";
        ApiClient.Answer made = programs.post(key, "/orders", order);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().get("amount").decimalValue()).isEqualByComparingTo("560.5");
        assertThat(made.body().get("lines")).hasSize(2);
        String customer = made.body().get("customerId").asString();
        assertThat(programs.post(key, "/orders", order).status()).isEqualTo(200);
        assertThat(programs.get(key, "/customers/" + customer)
                        .body()
                        .get("orders")
                        .get("value")
                        .decimalValue())
                .isEqualByComparingTo("560.5");
        ApiClient.Answer shorter = programs.post(
                key,
                "/orders",
                order.replace(
                                "{\"sku\":\"k1\",\"product\":\"Kenya AA\",\"category\":\"Coffee\",\"quantity\":2,\"amount\":500},",
                                "")
                        .replaceAll("\\s+", " "));
        assertThat(shorter.body().get("lines")).hasSize(1);
        assertThat(programs.get(key, "/orders?customerId=" + customer).body().get("data"))
                .hasSize(1);
        assertThat(programs.get(key, "/orders/A-1").body().get("status").asString())
                .isEqualTo("PAID");
        ApiClient.Answer bad = programs.post(
                key,
                "/orders",
                "{\"number\":\"A-2\",\"customer\":{\"externalId\":\"new\"},\"createCustomer\":false,"
                        + "\"orderedAt\":\"2026-03-01T10:00:00Z\",\"lines\":[{\"product\":\"x\",\"amount\":1}]}");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body().toString()).contains("#/customer/externalId");
        assertThat(rows.count(acme, "customer")).isEqualTo(1);
    }

    @Test
    void aConsentIsKeptWithItsEvidence() {
        String customer = programs.post(key, "/customers", "{\"email\":\"ada@shop.example\"}")
                .body()
                .get("id")
                .asString();
        String path = "/customers/" + customer + "/consents/news";
        assertThat(programs.send(key, HttpMethod.PUT, path, "{\"status\":\"GRANTED\"}", null)
                        .body()
                        .toString())
                .contains("#/source");
        ApiClient.Answer granted = programs.send(
                key,
                HttpMethod.PUT,
                path,
                "{\"status\":\"GRANTED\",\"source\":\"checkout\",\"wording\":\"Yes, send me news\"}",
                null);
        assertThat(granted.status()).as(granted.body().toString()).isEqualTo(200);
        assertThat(programs.get(key, "/customers/" + customer + "/consents")
                        .body()
                        .toString())
                .contains("API: checkout")
                .contains("Yes, send me news");
        assertThat(programs.send(
                                key,
                                HttpMethod.PUT,
                                "/customers/" + customer + "/consents/none",
                                "{\"status\":\"GRANTED\",\"source\":\"x\"}",
                                null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void pagesGoOnWhereTheyEndedWhoeverComesMeanwhile() {
        for (int i = 0; i < 5; i++) {
            programs.post(key, "/customers", "{\"externalId\":\"c" + i + "\"}");
        }
        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            ApiClient.Answer page = programs.get(key, "/customers?limit=2" + cursor);
            page.body()
                    .get("data")
                    .forEach(c ->
                            assertThat(seen.add(c.get("externalId").asString())).isTrue());
            cursor = page.body().get("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.body().get("nextCursor").asString();
            programs.post(key, "/customers", "{\"externalId\":\"late" + Math.min(pages, 1) + "\"}");
        } while (cursor != null && ++pages < 9);
        assertThat(seen).contains("c0", "c1", "c2", "c3", "c4", "late0");
        String mine =
                programs.get(key, "/customers?limit=1").body().get("nextCursor").asString();
        for (int i = 0; i < 2; i++) {
            programs.post(foreign, "/customers", "{\"externalId\":\"g" + i + "\"}");
        }
        assertThat(programs.get(foreign, "/customers?cursor=" + mine).status()).isEqualTo(400);
        assertThat(programs.get(key, "/orders?cursor=" + mine).status()).isEqualTo(400);
        assertThat(programs.get(key, "/customers?cursor=abcd")
                        .body()
                        .get("type")
                        .asString())
                .isEqualTo("urn:perennial:problem:bad-cursor");
    }

    @Test
    void nothingOfAnotherBusinessIsThere() {
        String customer = programs.post(foreign, "/customers", "{\"externalId\":\"g\",\"email\":\"g@globex.example\"}")
                .body()
                .get("id")
                .asString();
        programs.post(
                foreign,
                "/orders",
                "{\"number\":\"G-1\",\"customer\":{\"externalId\":\"g\"},\"orderedAt\":\"2026-03-01T10:00:00Z\",\"total\":5}");
        SegmentRef segment = TestTenants.asOwner(
                globex,
                () -> segments.create("All", new Rule.Condition(Rule.Field.ORDERS, Operator.AT_LEAST, List.of("0"))));
        String before = rows.checksum(globex);
        for (String path : List.of(
                "/customers/" + customer,
                "/customers/" + customer + "/consents",
                "/orders/G-1",
                "/orders?customerId=" + customer,
                "/segments/" + segment.id(),
                "/segments/" + segment.id() + "/count",
                "/segments/" + segment.id() + "/members")) {
            assertThat(programs.get(key, path).status()).as(path).isEqualTo(404);
            assertThat(programs.get(foreign, path).status()).as(path).isEqualTo(200);
        }
        for (HttpMethod method : List.of(HttpMethod.PATCH, HttpMethod.DELETE)) {
            assertThat(programs.send(key, method, "/customers/" + customer, "{\"city\":\"Brno\"}", null)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(programs.send(
                                key,
                                HttpMethod.PUT,
                                "/customers/" + customer + "/consents/news",
                                "{\"status\":\"GRANTED\",\"source\":\"x\"}",
                                null)
                        .status())
                .isEqualTo(404);
        assertThat(programs.get(key, "/customers?email=g@globex.example").body().get("data"))
                .isEmpty();
        assertThat(rows.checksum(globex)).isEqualTo(before);
    }

    @Test
    void membersOfASegmentComeByCursor() {
        for (int i = 0; i < 3; i++) {
            programs.post(key, "/customers", "{\"externalId\":\"c" + i + "\",\"firstName\":\"Ada\"}");
        }
        SegmentRef segment = TestTenants.asOwner(
                acme,
                () -> segments.create("Adas", new Rule.Condition(Rule.Field.FIRST_NAME, Operator.IS, List.of("Ada"))));
        kept.lookAfter(acme);
        ApiClient.Answer first = programs.get(key, "/segments/" + segment.id() + "/members?limit=2");
        assertThat(first.body().get("data")).hasSize(2);
        assertThat(programs.get(
                                key,
                                "/segments/" + segment.id() + "/members?limit=2&cursor="
                                        + first.body().get("nextCursor").asString())
                        .body()
                        .get("data"))
                .hasSize(1);
        assertThat(programs.get(key, "/segments/" + segment.id() + "/count")
                        .body()
                        .get("count")
                        .asLong())
                .isEqualTo(3);
        assertThat(programs.get(key, "/segments").body().get("data")).hasSize(1);
    }

    @Test
    void aTemplateAndACampaignAreWrittenByAProgram() {
        ApiClient.Answer template = programs.post(
                key,
                "/templates",
                "{\"name\":\"Hello\",\"subject\":\"Hi\",\"mjml\":\"<mjml><mj-body></mj-body></mjml>\"}");
        assertThat(template.status()).as(template.body().toString()).isEqualTo(201);
        String id = template.body().get("id").asString();
        String change = "{\"name\":\"Hello\",\"subject\":\"Hello\",\"mjml\":\"<mjml></mjml>\",\"version\":%s}";
        assertThat(programs.send(
                                key,
                                HttpMethod.PUT,
                                "/templates/" + id,
                                change.formatted(template.body().get("version")),
                                null)
                        .status())
                .isEqualTo(200);
        assertThat(programs.send(
                                key,
                                HttpMethod.PUT,
                                "/templates/" + id,
                                change.formatted(template.body().get("version")),
                                null)
                        .status())
                .as("somebody saved it since")
                .isEqualTo(409);
        ApiClient.Answer draft = programs.post(key, "/campaigns", "{\"name\":\"News\",\"templateId\":" + id + "}");
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        String campaign = "/campaigns/" + draft.body().get("id").asString();
        assertThat(draft.body().get("createdBy").asString()).isEqualTo("API key “Till”");
        ApiClient.Answer refused = programs.post(key, campaign + "/schedule", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("errors")).isNotEmpty();
        assertThat(programs.get(key, campaign).body().get("status").asString()).isEqualTo("DRAFT");
        assertThat(programs.post(key, campaign + "/pause", null).status()).isEqualTo(409);
        assertThat(programs.get(key, campaign + "/progress").body().get("total").asLong())
                .isZero();
        assertThat(programs.get(key, "/campaigns").body().get("data")).hasSize(1);
        assertThat(programs.post(foreign, "/campaigns", "{\"name\":\"News\",\"templateId\":" + id + "}")
                        .status())
                .isEqualTo(422);
        assertThat(programs.post(key, "/vouchers/redeem", "{\"code\":\"AAAA\"}")
                        .body()
                        .get("verdict")
                        .asString())
                .isEqualTo("MISTYPED");
    }
}
