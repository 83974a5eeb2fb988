package io.perennial.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.api.ApiClient;
import io.perennial.api.ApiKeys;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A program of one business tries every operation of the API with the ids, words and cursors of another one. Generated from
 * what there is: an operation whose ids this test does not know fails it.
 */
@IntegrationTest
class ApiIsolationTest {

    private static final String KNOWN = "globexknown";
    private static final String SECRET = "globexsecret";

    /** Bodies that would be taken if the ids were the program's own; {@code %s} for the foreign id. */
    private static final Map<String, String> BODIES = Map.of(
            "PATCH /api/v1/customers/{customer}", "{\"city\":\"Brno\"}",
            "PUT /api/v1/templates/{template}",
                    "{\"name\":\"Mine\",\"subject\":\"Hi\",\"mjml\":\"<mjml></mjml>\",\"version\":0}",
            "POST /api/v1/campaigns/{campaign}/schedule", "{}",
            "PUT /api/v1/customers/{customer}/consents/{topic}", "{\"status\":\"GRANTED\",\"source\":\"x\"}");

    @Autowired
    ApplicationContext application;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping addresses;

    private TwoShops shops;
    private ApiClient programs;
    private TenantId globex;
    private ApiKeys.Made key;
    private ApiKeys.Made foreign;

    @BeforeEach
    void twoBusinesses() {
        shops = application.getAutowireCapableBeanFactory().createBean(TwoShops.class);
        programs = application.getAutowireCapableBeanFactory().createBean(ApiClient.class);
        key = programs.key(shops.open("acmeknown", "acmesecret"));
        globex = shops.open(KNOWN, SECRET);
        foreign = programs.key(globex);
    }

    @Test
    void noOperationShowsOrChangesAnotherBusiness() {
        Map<String, Long> ids = shops.ids(globex);
        Map<String, String> foreignParts = Map.of(
                "customer", String.valueOf(ids.get("customer")),
                "segment", String.valueOf(ids.get("segment")),
                "template", String.valueOf(ids.get("mail_template")),
                "campaign", String.valueOf(ids.get("campaign")),
                "promotion", String.valueOf(ids.get("promotion")),
                "import", String.valueOf(ids.get("import_job")),
                "topic", "news",
                "number", SECRET + ids.get("customer_order"),
                "code", "AAAAAAAAA");
        Map<String, String> before = shops.checksums(globex);
        Set<String> unknown = new TreeSet<>();
        Set<String> leaks = new TreeSet<>();
        int tried = 0;
        int seenByTheirOwn = 0;
        for (Operation operation : operations()) {
            String path = operation.path();
            Matcher variables = Pattern.compile("\\{(\\w+)}").matcher(operation.path());
            while (variables.find()) {
                String part = foreignParts.get(variables.group(1));
                if (part == null) {
                    unknown.add(operation.toString());
                } else {
                    path = path.replace(variables.group(), part);
                }
            }
            String body = "GET".equals(operation.method())
                    ? null
                    : BODIES.getOrDefault(operation.toString(), "{\"email\":\"" + KNOWN + "@customers.example\"}");
            for (String query : List.of("", "?q=" + KNOWN, "?customerId=" + foreignParts.get("customer"))) {
                ApiClient.Answer answer = programs.send(
                        key,
                        HttpMethod.valueOf(operation.method()),
                        path.substring("/api/v1".length()) + query,
                        body,
                        null);
                tried++;
                String said = answer.body().toString().replace(path, "");
                boolean isSaid = said.contains(SECRET) && !said.contains("No order " + SECRET);
                boolean isDone = operation.path().contains("{") && answer.status() < 400;
                if (isSaid || isDone) {
                    leaks.add(operation + query + ": " + answer.status() + " " + said);
                }
            }
            if ("GET".equals(operation.method())) {
                ApiClient.Answer own = programs.get(foreign, path.substring("/api/v1".length()));
                seenByTheirOwn += own.status() == 200 ? 1 : 0;
            }
        }
        System.out.printf("Isolation: %d requests to the API%n", tried);
        assertThat(unknown)
                .as("parts of addresses this test knows no foreign id for")
                .isEmpty();
        assertThat(leaks).isEmpty();
        Map<String, String> after = shops.checksums(globex);
        after.put("api_key", before.get("api_key")); // its own program was here
        assertThat(after).isEqualTo(before);
        assertThat(tried).isGreaterThan(40);
        assertThat(seenByTheirOwn).as("the same addresses, asked by their own").isGreaterThan(5);
    }

    /** A cursor of each list, handed to the program of another business. */
    @Test
    void noCursorWorksForAnotherBusiness() {
        for (Operation operation : operations()) {
            if ("GET".equals(operation.method()) && !operation.path().contains("{")) {
                String path = operation.path().substring("/api/v1".length());
                ApiClient.Answer page = programs.get(foreign, path + "?limit=1");
                if (page.status() == 200
                        && page.body().has("nextCursor")
                        && !page.body().get("nextCursor").isNull()) {
                    String cursor = page.body().get("nextCursor").asString();
                    assertThat(programs.get(key, path + "?cursor=" + cursor).status())
                            .as(operation.toString())
                            .isEqualTo(400);
                    assertThat(programs.get(foreign, path + "?cursor=" + cursor).status())
                            .isEqualTo(200);
                }
            }
        }
    }

    private record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Set<Operation> operations() {
        Set<Operation> found = new java.util.LinkedHashSet<>();
        addresses.getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith("io.perennial.api")) {
                for (String path : mapping.getPatternValues()) {
                    for (RequestMethod each : mapping.getMethodsCondition().getMethods()) {
                        found.add(new Operation(each.name(), path));
                    }
                }
            }
        });
        return found;
    }
}
