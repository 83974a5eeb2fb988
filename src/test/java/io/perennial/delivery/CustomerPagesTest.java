package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.customers.ConsentService;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.ConsentTopic;
import io.perennial.customers.MailableCustomers;
import io.perennial.customers.SuppressionReason;
import io.perennial.customers.Suppressions;
import io.perennial.customers.TimelineEntry;
import io.perennial.customers.TopicRefused;
import io.perennial.customers.Topics;
import io.perennial.customers.TrackingChoices;
import io.perennial.customers.WordingVersion;
import io.perennial.delivery.LinkToken.Purpose;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.SqlFragment;
import io.perennial.tenancy.TenantSql;
import io.perennial.uikit.MessageBundles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@IntegrationTest
@TenantSql("Looks at what the pages left in the tables.")
class CustomerPagesTest {

    private static final String PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0";
    private static final String URL = "https://shop.example/sale?a=1&b=2";

    @Autowired
    TestTenants tenants;

    @Autowired
    LinkSigner signer;

    @Autowired
    RunLinks runLinks;

    @Autowired
    ConsentService consent;

    @Autowired
    Suppressions suppressions;

    @Autowired
    MailTimeline timeline;

    @Autowired
    Topics topics;

    @Autowired
    TrackingChoices tracking;

    @Autowired
    TrackingSettings settings;

    private SendingHarness harness;
    private MockMvc web;
    private TenantId acme;
    private CustomerId customer;
    private RunId run;
    private long message;

    @BeforeEach
    void prepare(@Autowired WebApplicationContext application) {
        harness = new SendingHarness(application);
        web = MockMvcBuilders.webAppContextSetup(application)
                .apply(springSecurity())
                .build();
        acme = tenants.fresh("Café <Acme> & Sons");
        customer = new CustomerId(harness.customers(acme, 1, "acme").getFirst());
        TestTenants.asOwner(acme, () -> {
            consent.topics();
            consent.saveTopic(new ConsentTopic("events", "Tastings", "Evenings in the shop"));
        });
        run = harness.prepared(acme, new SendingHarness.PlainComposer(), ConsentTopic.NEWS);
        message = messageOf(acme, run);
        harness.jdbc
                .sql(
                        "UPDATE message SET state = 'SENT', sent_at = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, changed_at = UTC_TIMESTAMP(6) "
                                + "WHERE tenant_id = ? AND id = ?")
                .params(acme.value(), message)
                .update();
        runLinks.keep(
                new Run(acme, run, RunState.SENDING, "k", 1, "n", "a@b.example", null, null),
                Map.of(RunLinks.number(URL), URL));
    }

    private long messageOf(TenantId tenant, RunId of) {
        return harness.jdbc
                .sql("SELECT id FROM message WHERE tenant_id = ? AND run_id = ?")
                .params(tenant.value(), of.value())
                .query(Long.class)
                .single();
    }

    private String token(Purpose purpose) {
        return signer.sign(new LinkToken(purpose, acme, message, purpose == Purpose.CLICK ? RunLinks.number(URL) : 0));
    }

    private MockHttpServletResponse call(MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.header("User-Agent", PERSON)).andReturn().getResponse();
    }

    private RunProgress progress() {
        return harness.progress(acme, run);
    }

    private Map<String, ConsentStatus> choices() {
        Map<String, ConsentStatus> result = new java.util.TreeMap<>();
        TestTenants.asOwner(
                acme,
                () -> consent.preferences(customer)
                        .forEach(state -> result.put(state.topic().code(), state.status())));
        return result;
    }

    private List<String> events() {
        return harness.jdbc
                .sql("SELECT CONCAT(kind, ' ', verdict) FROM message_event WHERE tenant_id = ? ORDER BY id")
                .param(acme.value())
                .query(String.class)
                .list();
    }

    @Test
    void aClickLeadsToTheLinkAndIsCountedOncePerPerson() throws Exception {
        for (int i = 0; i < 2; i++) {
            MockHttpServletResponse response = call(get("/p/c/" + token(Purpose.CLICK)));
            assertThat(response.getStatus()).isEqualTo(302);
            assertThat(response.getHeader("Location")).isEqualTo(URL);
            assertThat(response.getCookies()).isEmpty();
        }
        assertThat(events()).containsExactly("CLICK HUMAN", "CLICK HUMAN");
        assertThat(progress().uniqueClicks()).isEqualTo(1);
    }

    @Test
    void aLinkThatIsNoCorrectAddressStillLeadsThere() throws Exception {
        String odd = "https://shop.example/káva a|b?q={x}";
        runLinks.keep(
                new Run(acme, run, RunState.SENDING, "k", 1, "n", "a@b.example", null, null),
                Map.of(RunLinks.number(odd), odd));
        String token = signer.sign(new LinkToken(Purpose.CLICK, acme, message, RunLinks.number(odd)));
        assertThat(call(get("/p/c/" + token)).getHeader("Location"))
                .isEqualTo("https://shop.example/k%C3%A1va%20a%7Cb?q=%7Bx%7D");
    }

    @Test
    void machinesAreKeptApart() throws Exception {
        web.perform(get("/p/c/" + token(Purpose.CLICK)).header("User-Agent", "curl/8"));
        web.perform(head("/p/c/" + token(Purpose.CLICK)).header("User-Agent", "X"));
        web.perform(head("/p/o/" + token(Purpose.OPEN) + ".gif").header("User-Agent", "Y"));
        web.perform(get("/p/o/" + token(Purpose.OPEN) + ".gif").header("User-Agent", "Mozilla/5.0"));
        web.perform(get("/p/o/" + token(Purpose.OPEN) + ".gif")
                .header("User-Agent", PERSON)
                .header("Sec-Purpose", "prefetch;prerender"));
        assertThat(events())
                .containsExactly("CLICK SCANNER", "CLICK SCANNER", "OPEN SCANNER", "OPEN PREFETCH", "OPEN SCANNER");
        assertThat(progress().uniqueClicks()).isZero();
        assertThat(progress().uniqueOpens()).isZero();
    }

    @Test
    void whoeverClicksWithinSecondsOfTheMailIsNoPerson() throws Exception {
        sent("2 SECOND");
        call(get("/p/c/" + token(Purpose.CLICK)));
        sent("1 HOUR");
        web.perform(get("/p/c/" + token(Purpose.CLICK)).header("User-Agent", "Another/1.0 (Macintosh)"));
        assertThat(events()).containsExactly("CLICK SCANNER", "CLICK HUMAN");
        assertThat(progress().uniqueClicks()).isEqualTo(1);
    }

    private void sent(String ago) {
        harness.jdbc
                .sql("UPDATE message SET sent_at = UTC_TIMESTAMP(6) - INTERVAL " + ago
                        + " WHERE tenant_id = ? AND id = ?")
                .params(acme.value(), message)
                .update();
    }

    @Test
    void whoeverFollowsAllLinksAtOnceWasNoPersonFromTheBeginning() throws Exception {
        List<String> urls = List.of("https://shop.example/1", "https://shop.example/2", "https://shop.example/3");
        for (String url : urls) {
            runLinks.keep(
                    new Run(acme, run, RunState.SENDING, "k", 1, "n", "a@b.example", null, null),
                    Map.of(RunLinks.shortNumber(url), url));
        }
        call(get("/p/o/" + token(Purpose.OPEN) + ".gif"));
        for (int i = 0; i < 3; i++) {
            assertThat(progress().uniqueClicks()).isEqualTo(Math.min(i, 1));
            String token = signer.sign(new LinkToken(Purpose.CLICK, acme, message, RunLinks.shortNumber(urls.get(i))));
            assertThat(call(get("/p/c/" + token)).getHeader("Location")).isEqualTo(urls.get(i));
        }
        assertThat(events()).containsExactly("OPEN SCANNER", "CLICK SCANNER", "CLICK SCANNER", "CLICK SCANNER");
        assertThat(progress().uniqueClicks()).isZero();
        assertThat(progress().uniqueOpens()).isZero();
        harness.jdbc
                .sql("UPDATE message_event SET at = at - INTERVAL 1 MINUTE WHERE tenant_id = ?")
                .param(acme.value())
                .update();
        call(get("/p/c/" + token(Purpose.CLICK)));
        assertThat(progress().uniqueClicks()).isEqualTo(1);
    }

    @Test
    void whoComesRightAfterAMachineOfTheSameNameIsThatMachine() throws Exception {
        call(head("/p/c/" + token(Purpose.CLICK)));
        call(get("/p/c/" + token(Purpose.CLICK)));
        assertThat(events()).containsExactly("CLICK SCANNER", "CLICK SCANNER");
        assertThat(progress().uniqueClicks()).isZero();
    }

    @Test
    void oldMailsLinksChangeNothingEither() throws Exception {
        sent("3 YEAR");
        for (Purpose purpose : List.of(Purpose.UNSUBSCRIBE, Purpose.PREFERENCES)) {
            String page = (purpose == Purpose.UNSUBSCRIBE ? "/p/u/" : "/p/preferences/") + token(purpose);
            assertThat(call(get(page)).getStatus()).isEqualTo(200);
            call(head(page));
        }
        call(get("/p/c/" + token(Purpose.CLICK)));
        call(head("/p/c/" + token(Purpose.CLICK)));
        call(get("/p/o/" + token(Purpose.OPEN) + ".gif"));
        assertThat(choices()).containsEntry("news", null).containsEntry("events", null);
        TestTenants.asOwner(
                acme,
                () -> assertThat(suppressions.isSuppressed(new EmailAddress("c0@acme.example")))
                        .isFalse());
        assertThat(progress().unsubscribed()).isZero();
    }

    @Test
    void beingTrackedIsChosenOnThePreferencesPage() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        String page = "/p/preferences/" + token(Purpose.PREFERENCES);
        assertThat(call(get(page)).getContentAsString(StandardCharsets.UTF_8)).contains("name=\"tracking\"");
        call(post(page).param("topic", "news", "events").param("asked", "true"));
        assertThat(tracked(acme)).isFalse();
        call(post(page).param("topic", "news", "events")); // a page of before, which did not ask
        assertThat(tracked(acme)).isFalse();
        assertThat(call(get(page)).getContentAsString()).doesNotContain("value=\"true\" checked");
        call(post(page).param("topic", "news").param("asked", "true").param("tracking", "true"));
        assertThat(tracked(acme)).isTrue();
        assertThat(harness.jdbc
                        .sql("SELECT source FROM customer_tracking WHERE tenant_id = ?")
                        .param(acme.value())
                        .query(String.class)
                        .list())
                .containsExactly("Mail " + message + ", preferences page");
        assertThat(tracked(globex)).isTrue();
        TestTenants.asOwner(acme, () -> settings.change(false, false, null, "Ada"));
        assertThat(call(get(page)).getContentAsString()).doesNotContain("name=\"tracking\"");
    }

    private boolean tracked(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> tracking.isAllowed(customer));
    }

    @Test
    void anOpenIsAPixelAndCountedOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            MockHttpServletResponse response = call(get("/p/o/" + token(Purpose.OPEN) + ".gif"));
            assertThat(response.getContentType()).isEqualTo("image/gif");
            assertThat(response.getContentAsByteArray())
                    .startsWith("GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        assertThat(progress().uniqueOpens()).isEqualTo(1);
    }

    @Test
    void anAlteredTokenOrAForeignLinkIsRefusedWithoutARedirect() throws Exception {
        String token = token(Purpose.CLICK);
        String foreign =
                signer.sign(new LinkToken(Purpose.CLICK, acme, message, RunLinks.number("https://evil.example/")));
        String altered = (token.charAt(9) == 'A' ? "B" : "A");
        for (String bad :
                List.of(token.substring(0, 9) + altered + token.substring(10), foreign, "x", token(Purpose.OPEN))) {
            MockHttpServletResponse response = call(get("/p/c/" + bad));
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(response.getHeader("Location")).isNull();
        }
        assertThat(call(get("/p/u/" + token)).getStatus()).isEqualTo(400);
        assertThat(call(post("/p/u/" + token(Purpose.PREFERENCES))).getStatus()).isEqualTo(400);
        assertThat(call(get("/p/o/nonsense.gif")).getStatus()).isEqualTo(400);
        assertThat(events()).isEmpty();
    }

    @Test
    void oneClickUnsubscribesFromTheTopicWithoutCookieOrRedirectAndMayBeRepeated() throws Exception {
        for (int i = 0; i < 2; i++) {
            MockHttpServletResponse response = call(post("/p/u/" + token(Purpose.UNSUBSCRIBE))
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .content("List-Unsubscribe=One-Click"));
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getCookies()).isEmpty();
            assertThat(response.getHeader("Set-Cookie")).isNull();
        }
        assertThat(choices()).containsEntry("news", ConsentStatus.WITHDRAWN).containsEntry("events", null);
        assertThat(progress().unsubscribed()).isEqualTo(1);
        assertThat(harness.jdbc
                        .sql("SELECT CONCAT(source, '|', wording) FROM consent_change WHERE tenant_id = ?")
                        .param(acme.value())
                        .query(String.class)
                        .list())
                .containsExactly("Mail " + message + ", one-click|Test");
    }

    @Test
    void lookingAtThePagesChangesNothing() throws Exception {
        for (String page :
                List.of("/p/u/" + token(Purpose.UNSUBSCRIBE), "/p/preferences/" + token(Purpose.PREFERENCES))) {
            MockHttpServletResponse response = call(get(page));
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getContentAsString())
                    .contains("<html lang=\"cs\"", "Café &lt;Acme&gt; &amp; Sons", "<form method=\"post\"")
                    .doesNotContain("<script", "c0@acme.example", "_csrf");
            assertThat(response.getContentAsByteArray()).hasSizeLessThan(50_000);
            assertThat(response.getHeader("Content-Security-Policy")).contains("default-src 'none'");
            call(head(page));
        }
        assertThat(choices()).containsEntry("news", null).containsEntry("events", null);
        assertThat(events()).isEmpty();
        assertThat(progress().unsubscribed()).isZero();
    }

    @Test
    void thePagesSpeakTheCustomersLanguageElseTheBusinesssElseTheBrowsers() throws Exception {
        Map<String, String> spoken = Map.of(
                "pl-PL", "Zrezygnuj z tych e-maili",
                "vi", "Ngừng nhận những email này",
                "hr_HR", "Odjavi me",
                "de-AT", "Diese E-Mails abbestellen",
                "en-GB", "Stop these mails",
                "sk-SK", "Zrušit odběr");
        for (Map.Entry<String, String> language : spoken.entrySet()) {
            harness.jdbc
                    .sql("UPDATE customer SET locale = ? WHERE tenant_id = ? AND id = ?")
                    .params(language.getKey(), acme.value(), customer.value())
                    .update();
            assertThat(call(get("/p/u/" + token(Purpose.UNSUBSCRIBE))).getContentAsString(StandardCharsets.UTF_8))
                    .as(language.getKey())
                    .contains(language.getValue());
        }
        assertThat(call(get("/p/u/nonsense").header("Accept-Language", "fr, pl;q=0.8"))
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("<html lang=\"pl\"", "Ten link nie działa");
        assertThat(call(get("/p/u/nonsense")).getContentAsString()).contains("This link does not work");
    }

    @Test
    void everyLanguageSaysEverything() {
        for (String language : List.of("cs", "de", "hr", "pl", "vi")) {
            ResourceBundle english = ResourceBundle.getBundle("i18n.delivery", Locale.ROOT);
            for (String key : english.keySet()) {
                if (key.startsWith("delivery.page.")) {
                    assertThat(MessageBundles.text(key, Locale.of(language), "A", "B", "C"))
                            .as(language + " " + key)
                            .isNotEqualTo(MessageBundles.text(key, Locale.ENGLISH, "A", "B", "C"));
                }
            }
        }
    }

    @Test
    void stoppingAllMailsSuppressesTheAddressInThisBusinessOnly() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        harness.customers(globex, 1, "acme");
        assertThat(call(post("/p/u/" + token(Purpose.UNSUBSCRIBE)).param("all", "true"))
                        .getStatus())
                .isEqualTo(200);
        EmailAddress address = new EmailAddress("c0@acme.example");
        TestTenants.asOwner(
                acme,
                () -> assertThat(suppressions.find(address).orElseThrow().reason())
                        .isEqualTo(SuppressionReason.UNSUBSCRIBED));
        TestTenants.asOwner(
                globex, () -> assertThat(suppressions.isSuppressed(address)).isFalse());
        assertThat(choices())
                .containsEntry("news", ConsentStatus.WITHDRAWN)
                .containsEntry("events", ConsentStatus.WITHDRAWN);
    }

    @Test
    void topicsAreChosenOnThePreferencesPage() throws Exception {
        String page = "/p/preferences/" + token(Purpose.PREFERENCES);
        assertThat(call(post(page).param("topic", "events", "no-such-topic")).getStatus())
                .isEqualTo(200);
        assertThat(choices())
                .containsEntry("news", ConsentStatus.WITHDRAWN)
                .containsEntry("events", ConsentStatus.GRANTED);
        assertThat(call(get(page)).getContentAsString())
                .containsOnlyOnce("name=\"topic\" value=\"events\" checked=\"checked\"")
                .doesNotContain("name=\"topic\" value=\"news\" checked");
        String left = call(post(page)).getContentAsString(StandardCharsets.UTF_8);
        assertThat(choices()).containsEntry("events", ConsentStatus.WITHDRAWN);
        // Nobody who left is told in which language mails come, nor asked once more whether to stop them.
        assertThat(left)
                .contains("Hotovo, odběr je zrušen", "vám už nebude posílat")
                .doesNotContain("Píšeme vám");
        assertThat(call(get(page)).getContentAsString(StandardCharsets.UTF_8))
                .contains("vám už nebude posílat")
                .doesNotContain("name=\"leave\"");
    }

    @Test
    void aPauseIsKeptApartFromTheChoiceAndHoldsMailsBack() throws Exception {
        String page = "/p/preferences/" + token(Purpose.PREFERENCES);
        String saved = call(post(page).param("topic", "news", "events").param("pause", "30"))
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(saved).contains("vám nebudeme psát", "Café &lt;Acme&gt; &amp; Sons si jako doklad ponechá");
        assertThat(choices()).containsEntry("news", ConsentStatus.GRANTED);
        assertThat(mailable()).isZero();
        // Saving again leaves the pause, what is no choice too, and ending it ends it.
        call(post(page).param("topic", "news", "events").param("pause", ""));
        call(post(page).param("topic", "news", "events").param("pause", "9999"));
        assertThat(mailable()).isZero();
        assertThat(call(get(page)).getContentAsString(StandardCharsets.UTF_8)).contains("Přestávka do");
        call(post(page).param("topic", "news", "events").param("pause", "0"));
        assertThat(mailable()).isEqualTo(1);
        call(post(page).param("topic", "news").param("pause", "7"));
        harness.jdbc
                .sql("UPDATE customer_pause SET until_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE tenant_id = ?")
                .param(acme.value())
                .update();
        assertThat(mailable()).isEqualTo(1);
    }

    private long mailable() {
        SqlFragment condition = MailableCustomers.mailable("c", "news");
        return harness.jdbc
                .sql("SELECT COUNT(*) FROM customer c WHERE c.tenant_id = ? AND " + condition.sql())
                .param(acme.value())
                .params(condition.params())
                .query(Long.class)
                .single();
    }

    @Test
    void theLanguageIsChosenAndTheExactWordsAreKept() throws Exception {
        String page = "/p/preferences/" + token(Purpose.PREFERENCES);
        assertThat(call(post(page).param("topic", "news").param("language", "pl"))
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("lang=\"pl\"", "Polski");
        call(post(page).param("topic", "news").param("language", "xx"));
        assertThat(call(get(page)).getContentAsString(StandardCharsets.UTF_8)).contains("lang=\"pl\"");
        TestTenants.asOwner(acme, () -> {
            ConsentTopic events = new ConsentTopic("events", "Tastings", null);
            topics.say(events, "pl", "Degustacje", "Wieczory", "Chcę wiedzieć o degustacjach.");
            topics.say(events, "pl", "Degustacje", "Wieczory", "Chcę wiedzieć o degustacjach.");
        });
        assertThat(call(get(page)).getContentAsString(StandardCharsets.UTF_8))
                .contains("Degustacje", "Chcę wiedzieć o degustacjach.");
        call(post(page).param("topic", "events"));
        TestTenants.asOwner(
                acme,
                () -> topics.say(
                        new ConsentTopic("events", "Tastings", null), "pl", "Degustacje", "", "Chcę wiedzieć więcej."));
        assertThat(harness.jdbc
                        .sql("SELECT wording FROM consent WHERE tenant_id = ? AND topic = 'events'")
                        .param(acme.value())
                        .query(String.class)
                        .single())
                .isEqualTo("Chcę wiedzieć o degustacjach.");
        assertThat(TestTenants.asOwner(acme, () -> topics.history("events")))
                .extracting(WordingVersion::version)
                .containsExactly(2, 1);
    }

    @Test
    void anArchivedTopicIsNotOfferedButItsMailsCanBeStopped() throws Exception {
        TestTenants.asOwner(acme, () -> {
            ConsentTopic club = topics.make("Club", null);
            topics.archive("events", true);
            topics.move(club.code(), true);
            assertThat(consent.topics()).extracting(ConsentTopic::code).containsExactly("club", "news");
            assertThat(topics.all()).extracting(ConsentTopic::code).containsExactly("club", "news", "events");
            assertThatExceptionOfType(TopicRefused.class).isThrownBy(() -> topics.archive("news", true));
            assertThatExceptionOfType(TopicRefused.class).isThrownBy(() -> topics.make("club", null));
        });
        String page = "/p/preferences/" + token(Purpose.PREFERENCES);
        assertThat(call(get(page)).getContentAsString()).contains("Club").doesNotContain("Tastings");
        call(post(page).param("leave", "true"));
        assertThat(choices())
                .containsEntry("events", ConsentStatus.WITHDRAWN)
                .containsEntry("club", ConsentStatus.WITHDRAWN);
    }

    @Test
    void aCustomersOwnLinkReachesOnlyThemAndOnlyForThatPurpose() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        String own = signer.sign(new LinkToken(Purpose.CUSTOMER, acme, customer.value(), 0));
        assertThat(call(post("/p/preferences/" + own).param("topic", "events")).getStatus())
                .isEqualTo(200);
        assertThat(choices()).containsEntry("news", ConsentStatus.WITHDRAWN);
        String crossed = signer.sign(new LinkToken(Purpose.CUSTOMER, globex, customer.value(), 0));
        for (String bad : List.of("/p/preferences/" + crossed, "/p/u/" + own, "/p/confirm/" + own, "/p/join/" + own)) {
            assertThat(call(post(bad)).getStatus()).as(bad).isEqualTo(400);
        }
        assertThat(choices()).containsEntry("events", ConsentStatus.GRANTED);
    }

    @Test
    void linksOfSomebodyErasedStillAnswer() throws Exception {
        harness.jdbc
                .sql("DELETE FROM customer WHERE tenant_id = ? AND id = ?")
                .params(acme.value(), customer.value())
                .update();
        assertThat(call(get("/p/u/" + token(Purpose.UNSUBSCRIBE))).getContentAsString())
                .contains("Nejste na našem seznamu");
        assertThat(call(post("/p/u/" + token(Purpose.UNSUBSCRIBE))).getStatus()).isEqualTo(200);
        assertThat(call(post("/p/preferences/" + token(Purpose.PREFERENCES)).param("topic", "news"))
                        .getStatus())
                .isEqualTo(200);
        assertThat(call(get("/p/c/" + token(Purpose.CLICK))).getStatus()).isEqualTo(302);
    }

    @Test
    void aTokenReachesOnlyItsOwnBusinessEvenWhereTheMessageIdIsKnown() throws Exception {
        TenantId globex = tenants.fresh("Globex");
        String crossed = signer.sign(new LinkToken(Purpose.UNSUBSCRIBE, globex, message, 0));
        assertThat(call(post("/p/u/" + crossed)).getStatus()).isEqualTo(400);
        assertThat(choices()).containsEntry("news", null);
        TestTenants.asOwner(
                globex,
                () -> assertThat(timeline.entries(customer, Instant.now(), 10)).isEmpty());
    }

    @Test
    void theTimelineTellsWhatHappened() throws Exception {
        call(get("/p/o/" + token(Purpose.OPEN) + ".gif"));
        call(get("/p/c/" + token(Purpose.CLICK)));
        call(post("/p/u/" + token(Purpose.UNSUBSCRIBE)));
        List<TimelineEntry> entries = TestTenants.asOwner(
                acme, () -> timeline.entries(customer, Instant.now().plusSeconds(60), 10));
        assertThat(entries).extracting(TimelineEntry::kind).containsExactly("consent", "click", "open", "mail");
        assertThat(entries.getLast().title()).isEqualTo("Mail “Test” sent");
    }
}
