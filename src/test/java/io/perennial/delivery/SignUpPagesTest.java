package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.Role;
import io.perennial.customers.AskRefused;
import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.ConsentTopic;
import io.perennial.customers.Customers;
import io.perennial.customers.Erasures;
import io.perennial.customers.Evidence;
import io.perennial.customers.ImportedData;
import io.perennial.customers.StaffConsentRequests;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.customers.records.CustomerRecords;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.promotions.Shop;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Signing up on the public page, confirming by mail, and being asked by staff. */
@IntegrationTest
class SignUpPagesTest {

    private static final Pattern CONFIRM = Pattern.compile("/p/confirm/[A-Za-z0-9_-]+");

    @Autowired
    Shop shop;

    @Autowired
    SignUps signUps;

    @Autowired
    PageLooks looks;

    @Autowired
    ConsentService consents;

    @Autowired
    StaffConsentRequests requests;

    @Autowired
    Customers customers;

    @Autowired
    CustomerRecords records;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Erasures erasures;

    @Autowired
    ImportedData data;

    private MockMvc web;
    private TenantId acme;
    private TenantId globex;
    private String page;
    private String network;

    @BeforeEach
    void prepare(@Autowired WebApplicationContext application) {
        web = MockMvcBuilders.webAppContextSetup(application)
                .apply(springSecurity())
                .build();
        acme = shop.open("Acme <& Sons>");
        globex = shop.open("Globex");
        network = "203.0." + (TimeOrderedIds.next() & 255) + ".7";
        page = TestTenants.asOwner(acme, () -> {
            looks.change("#ffcc00", true, true);
            consents.topics();
            consents.saveTopic(new ConsentTopic("events", "Tastings", "Evenings"));
            return path(signUps.address());
        });
    }

    @Test
    void aSignUpCountsOnlyOnceItsOwnerConfirmed() throws Exception {
        String email = fresh();
        String answer = body(call(post(page)
                .param("email", " " + email.toUpperCase(java.util.Locale.ROOT) + " ")
                .param("name", "Ada http://evil.example")
                .param("topic", "events")
                .param("lang", "en")));
        assertThat(answer).contains("Thank you");
        ScriptedSmtp.Received mail = mailTo(email);
        assertThat(mail.content()).contains("Subject: ").contains("shop@shop.example");
        assertThat(data.count(acme, "customer")).isZero();
        String link = linkIn(mail);
        // A scanner may follow it as often as it likes.
        call(head(link));
        assertThat(body(call(get(link))))
                .contains("Is this right?", "“Tastings”")
                .doesNotContain("“News");
        assertThat(data.count(acme, "customer")).isZero();

        assertThat(body(call(post(link)))).contains("it is confirmed", "/p/preferences/");
        assertThat(body(call(post(link)))).contains("it is confirmed");
        Map<String, Object> customer = data.rows(acme, "customer").getFirst();
        assertThat(customer).containsEntry("email", email).containsEntry("locale", "en");
        assertThat((String) customer.get("first_name")).doesNotContain("/", ":");
        assertThat(granted(acme)).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("topic", "events");
            assertThat((String) row.get("wording")).contains("I agree that Acme <& Sons> sends me e-mails");
            assertThat((String) row.get("source"))
                    .contains(
                            "sign-up page", "confirmed by mail", network.substring(0, network.lastIndexOf('.')) + ".0")
                    .doesNotContain(network);
        });
        assertThat(data.count(globex, "customer")).isZero();
        assertThat(data.count(globex, "consent_request")).isZero();
    }

    @Test
    void whoOnlySignedUpGetsWhatTheyTickedAndNothingElse() throws Exception {
        String email = fresh();
        call(post(page).param("email", email).param("topic", "events").param("lang", "en"));
        String confirmed = body(call(post(linkIn(mailTo(email)))));
        assertThat(data.rows(acme, "consent"))
                .filteredOn(row -> "WITHDRAWN".equals(row.get("status")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("topic", "news"))
                .satisfies(row -> assertThat((String) row.get("source")).endsWith("not chosen"));
        Matcher choice = Pattern.compile("/p/preferences/[A-Za-z0-9_-]+").matcher(confirmed);
        assertThat(choice.find()).isTrue();
        assertThat(body(call(get(choice.group()))))
                .containsPattern("value=\"events\"[^>]*checked")
                .doesNotContainPattern("value=\"news\"[^>]*checked");
        // A customer of the shop who was never asked about it is not taken to have said no.
        String known = fresh();
        CustomerId ada = customer(acme, known);
        call(post(page).param("email", known).param("topic", "events"));
        call(post(linkIn(mailTo(known))));
        assertThat(TestTenants.asOwner(acme, () -> consents.preferences(ada)))
                .filteredOn(state -> state.topic().code().equals("news"))
                .singleElement()
                .satisfies(state -> assertThat(state.status()).isNull());
        assertThat(data.count(globex, "consent")).isZero();
    }

    @Test
    void whatWasTypedStandsWhereTheAddressHasToBeTypedAgain() throws Exception {
        String again = body(call(post(page)
                .param("email", "ada@")
                .param("name", "Ada \"Countess\"")
                .param("topic", "events")
                .param("lang", "en")));
        assertThat(again)
                .contains("value=\"ada@\"", "value=\"Ada &quot;Countess&quot;\"")
                .containsPattern("value=\"events\"[^>]*checked")
                .doesNotContainPattern("value=\"news\"[^>]*checked");
    }

    @Test
    void anExpiredLinkLeadsBackToTheFormAndACutOneToTheMail(@Autowired JdbcClient jdbc) throws Exception {
        String email = fresh();
        call(post(page).param("email", email));
        String link = linkIn(mailTo(email));
        jdbc.sql("UPDATE consent_request SET expires_at = asked_at WHERE tenant_id = ? AND email = ?")
                .params(acme.value(), email)
                .update();
        MockHttpServletResponse late = call(post(link));
        assertThat(late.getStatus()).isEqualTo(400);
        assertThat(body(late)).contains("Odkaz už neplatí", "Acme &lt;&amp; Sons&gt;", page);
        assertThat(data.count(acme, "customer")).isZero();
        MockHttpServletResponse cut = call(get(link.substring(0, link.length() - 4)));
        assertThat(cut.getStatus()).isEqualTo(400);
        assertThat(body(cut)).contains("Tento odkaz nefunguje").doesNotContain("Acme");
        TestTenants.asOwner(acme, () -> looks.change(null, false, true));
        assertThat(body(call(get(link)))).contains("Odkaz už neplatí").doesNotContain("/p/join/");
    }

    @Test
    void theAnswerIsTheSameForKnownSuppressedErasedAndNewAddresses() throws Exception {
        String known = fresh();
        String complained = fresh();
        String gone = fresh();
        customer(acme, known);
        CustomerId erased = customer(acme, gone);
        TestTenants.asOwner(acme, () -> {
            suppressions.suppress(new EmailAddress(complained), SuppressionReason.COMPLAINED, "ARF");
            erasures.erase(erased, gone);
        });
        String answer = null;
        for (String email : List.of(fresh(), known, complained, gone)) {
            MockHttpServletResponse response = call(post(page).param("email", email));
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getCookies()).isEmpty();
            assertThat(answer == null ? body(response) : answer).isEqualTo(body(response));
            answer = body(response);
        }
        assertThat(mailTo(known)).isNotNull();
        assertThat(mailTo(gone)).isNotNull();
        assertThat(TestMail.receivedBy(complained)).isEmpty();
    }

    @Test
    void whoLeftComesBackByTheirOwnConfirmationOnlyAndAComplaintStays() throws Exception {
        String email = fresh();
        CustomerId ada = customer(acme, email);
        EmailAddress address = new EmailAddress(email);
        TestTenants.asOwner(acme, () -> {
            looks.change(null, true, false); // even where no confirmation is asked of new addresses
            consents.unsubscribeAll(ada, Evidence.of("link"));
        });
        call(post(page).param("email", email).param("topic", "news"));
        assertThat(TestTenants.asOwner(acme, () -> suppressions.isSuppressed(address)))
                .isTrue();
        String link = linkIn(mailTo(email));
        TestTenants.asOwner(acme, () -> suppressions.suppress(address, SuppressionReason.COMPLAINED, "ARF"));
        call(post(link));
        assertThat(TestTenants.asOwner(
                        acme, () -> suppressions.find(address).orElseThrow().reason()))
                .isEqualTo(SuppressionReason.COMPLAINED);
        // Without the complaint it is undone.
        String other = fresh();
        CustomerId bob = customer(acme, other);
        TestTenants.asOwner(acme, () -> consents.unsubscribeAll(bob, Evidence.of("link")));
        call(post(page).param("email", other).param("topic", "news"));
        call(post(linkIn(mailTo(other))));
        TestTenants.asOwner(acme, () -> {
            assertThat(suppressions.isSuppressed(new EmailAddress(other))).isFalse();
            assertThat(consents.preferences(bob))
                    .filteredOn(state -> state.topic().code().equals("news"))
                    .singleElement()
                    .satisfies(state -> assertThat(state.status()).isEqualTo(ConsentStatus.GRANTED));
        });
    }

    @Test
    void somebodyErasedMaySignUpAnewThemselves() throws Exception {
        String email = fresh();
        CustomerId before = customer(acme, email);
        TestTenants.asOwner(acme, () -> erasures.erase(before, email));
        call(post(page).param("email", email).param("topic", "news"));
        call(post(linkIn(mailTo(email))));
        TestTenants.asOwner(acme, () -> {
            assertThat(records.findByEmail(email).orElseThrow().customer().id()).isNotEqualTo(before);
            assertThat(erasures.erasedAt(email)).isEmpty();
        });
    }

    @Test
    void withoutConfirmationANewAddressCountsAtOnce() throws Exception {
        TestTenants.asOwner(acme, () -> looks.change(null, true, false));
        String email = fresh();
        call(post(page).param("email", email).param("topic", "news"));
        assertThat(granted(acme))
                .singleElement()
                .satisfies(row -> assertThat((String) row.get("source")).doesNotContain("confirmed by mail"));
        assertThat(TestMail.receivedBy(email)).isEmpty();
    }

    @Test
    void machinesAndBadInputGetNothing() throws Exception {
        String email = fresh();
        assertThat(body(call(post(page).param("email", email).param("website", "http://spam.example"))))
                .contains("Děkujeme");
        assertThat(data.count(acme, "consent_request")).isZero();
        MockHttpServletResponse typo =
                call(post(page).param("email", "ada@\r\nBcc: eve@example.com").param("lang", "en"));
        assertThat(typo.getStatus()).isEqualTo(422);
        assertThat(body(typo)).contains("This is not an e-mail address");
        assertThat(data.count(acme, "consent_request")).isZero();
        for (int i = 0; i < 30; i++) {
            call(post(page).param("email", fresh()));
        }
        assertThat(call(post(page).param("email", fresh())).getStatus()).isEqualTo(429);
        assertThat(data.count(acme, "consent_request")).isBetween(1L, (long) SignUpThrottle.A_NETWORK);
    }

    @Test
    void oneAddressGetsOneMailAnHourHoweverOftenItIsTyped() throws Exception {
        String email = fresh();
        for (int i = 0; i < 5; i++) {
            call(post(page).param("email", email));
        }
        mailTo(email);
        call(post(page).param("email", email));
        assertThat(data.rows(acme, "consent_request"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("mails", 1));
        assertThat(TestMail.receivedBy(email)).hasSize(1);
    }

    @Test
    void aClosedPageAndAForeignLinkSayNothing() throws Exception {
        TestTenants.asOwner(acme, () -> looks.change(null, false, true));
        assertThat(call(get(page)).getStatus()).isEqualTo(400);
        assertThat(call(post(page).param("email", fresh())).getStatus()).isEqualTo(400);
        assertThat(call(get("/p/confirm/" + page.substring(page.lastIndexOf('/') + 1)))
                        .getStatus())
                .isEqualTo(400);
        assertThat(data.count(acme, "consent_request")).isZero();
    }

    @Test
    void pagesAreSmallPlainAndInTheBusinesssLook() throws Exception {
        MockHttpServletResponse response = call(get(page).param("lang", "vi"));
        String text = body(response);
        assertThat(text)
                .contains("lang=\"vi\"", "#ffcc00", "color: #000000", "Acme &lt;&amp; Sons&gt;")
                .doesNotContain("<script");
        assertThat(response.getContentAsByteArray().length).isLessThan(50 * 1024);
        assertThat(response.getHeader("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(response.getCookies()).isEmpty();
    }

    @Test
    void staffAskOnceAndOnlyWhomTheyMay() throws Exception {
        String email = fresh();
        CustomerId ada = customer(acme, email);
        TestTenants.as(
                acme,
                Role.ANALYST,
                () -> assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> requests.ask(ada)));
        TestTenants.as(acme, Role.SUPPORT, () -> requests.ask(ada));
        String link = linkIn(mailTo(email));
        TestTenants.asOwner(
                acme,
                () -> assertThatExceptionOfType(AskRefused.class)
                        .isThrownBy(() -> requests.ask(ada))
                        .withMessageContaining("7 days"));
        call(post(link));
        assertThat(data.rows(acme, "consent"))
                .hasSize(2)
                .allSatisfy(row -> assertThat((String) row.get("source")).startsWith("asked by staff: SUPPORT"));
        CustomerId left = customer(acme, fresh());
        TestTenants.asOwner(acme, () -> {
            consents.unsubscribeAll(left, Evidence.of("link"));
            assertThatExceptionOfType(AskRefused.class).isThrownBy(() -> requests.ask(left));
        });
        TestTenants.asOwner(
                globex,
                () -> assertThatExceptionOfType(io.perennial.customers.CustomerNotFound.class)
                        .isThrownBy(() -> requests.ask(ada)));
    }

    private List<Map<String, Object>> granted(TenantId tenant) {
        return data.rows(tenant, "consent").stream()
                .filter(row -> "GRANTED".equals(row.get("status")))
                .toList();
    }

    private CustomerId customer(TenantId tenant, String email) {
        CustomerId id = shop.customer(tenant, "Ada");
        TestTenants.asOwner(tenant, () -> {
            var before = customers.require(id);
            customers.save(new io.perennial.customers.Customer(
                    id, null, email, "Ada", null, null, null, null, null, null, null, null, before.createdAt()));
        });
        return id;
    }

    private static String fresh() {
        return "p" + TimeOrderedIds.next() + "@signup.example";
    }

    private static ScriptedSmtp.Received mailTo(String email) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> TestMail.receivedBy(email), mails -> !mails.isEmpty())
                .getFirst();
    }

    private static String linkIn(ScriptedSmtp.Received mail) {
        Matcher link = CONFIRM.matcher(mail.content().replace("=\r\n", "").replace("=\n", ""));
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private static String path(String address) {
        return address.substring(address.indexOf("/p/"));
    }

    private MockHttpServletResponse call(MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.with(r -> {
                            r.setRemoteAddr(network);
                            return r;
                        })
                        .locale(java.util.Locale.of("cs")))
                .andReturn()
                .getResponse();
    }

    /** Without what is another each time by design. */
    private static String body(MockHttpServletResponse response) throws Exception {
        return response.getContentAsString(StandardCharsets.UTF_8).replaceAll("nonce=\"[^\"]+\"", "");
    }
}
