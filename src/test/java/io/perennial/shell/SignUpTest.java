package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Foundings;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.ScriptedSmtp;
import io.perennial.support.TestMail;
import io.perennial.support.TestTenants;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/** A business founded by anybody, over HTTP and SMTP. */
@IntegrationTest
class SignUpTest {

    private static final String PASSWORD = "three calm words";
    private static final Pattern LINK = Pattern.compile("sign-up/([\\w-]{43})");

    @Autowired
    WebApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    Businesses businesses;

    @Autowired
    AuditTrail audit;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    MockMvcTester browser;
    TenantId globex;
    EmailAddress grace;
    EmailAddress nova;
    String address;
    Locale language = Locale.of("cs", "CZ");

    @BeforeEach
    void graceOwnsGlobexAndNovaHasNothing() {
        browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        globex = tenants.fresh("Globex");
        grace = freshEmail();
        nova = freshEmail();
        accounts.addMember(globex, accounts.ensureAccount(grace, "Grace", PASSWORD), Role.OWNER);
        long n = TimeOrderedIds.next();
        address = "10." + (n >> 4) % 256 + '.' + (n >> 12) % 256 + '.' + (n >> 20) % 256;
    }

    @Test
    void aMailedLinkMakesThePersonAndTheirBusinessOnceAndLetsThemIn() {
        assertThat(ask(nova).getResponse().getStatus()).isEqualTo(200);
        String token = mailedToken(nova);
        assertThat(accounts.find(nova)).as("before the link is used").isEmpty();
        assertThat(open(token).getResponse().getStatus()).isEqualTo(200);
        assertThat(accounts.find(nova)).as("after the link was only opened").isEmpty();
        MvcTestResult founded = found(token, "Kavárna Nova", "Nova Malá", PASSWORD);
        assertThat(founded.getResponse().getStatus()).isEqualTo(302);
        StaffPrincipal owner = accounts.loadUserByUsername(nova.value());
        assertThat(owner.displayName()).isEqualTo("Nova Malá");
        assertThat(owner.memberships()).singleElement().satisfies(only -> {
            assertThat(only.businessName()).isEqualTo("Kavárna Nova");
            assertThat(only.role()).isEqualTo(Role.OWNER);
        });
        assertThat(signedInOf(founded)).isEqualTo(nova.value());
        Business business = businesses.require(owner.tenant());
        assertThat(business.country()).isEqualTo("CZ");
        assertThat(business.locale()).isEqualTo(Locale.of("cs", "CZ"));
        assertThat(business.zone().getId()).isEqualTo("Europe/Prague");
        assertThat(business.currency().getCurrencyCode()).isEqualTo("CZK");
        assertThat(deeds(owner.tenant())).contains("accounts.deed.business_founded");
        assertThat(deeds(globex)).isEmpty();

        MvcTestResult again = found(token, "Kavárna Dva", "Nova Malá", PASSWORD);
        assertThat(again.getResponse().getStatus()).isEqualTo(410);
        assertThat(body(again)).contains("Your business is there already").contains(nova.value());
        assertThat(accounts.loadUserByUsername(nova.value()).memberships()).hasSize(1);
    }

    @Test
    void whoeverAsksIsAnsweredAlikeAndTheKnownAreLedToTheirAccountByMail() {
        String unknown = body(ask(nova)).replace(nova.value(), "");
        String known = body(ask(grace)).replace(grace.value(), "");
        assertThat(known).isEqualTo(unknown);
        mailedToken(nova);
        String mail = mailTo(grace);
        assertThat(mail).contains("businesses/new").doesNotContain("sign-up/");
        assertThat(deeds(globex)).isEmpty();
    }

    @Test
    void mailsSpeakTheLanguageOfTheBrowser() {
        ask(nova);
        assertThat(mailTo(nova)).contains("lang=3D\"cs\"");
        EmailAddress other = freshEmail();
        language = Locale.of("vi");
        ask(other);
        assertThat(mailTo(other)).contains("lang=3D\"vi\"");
        EmailAddress unknownTongue = freshEmail();
        language = Locale.of("fi", "FI");
        ask(unknownTongue);
        assertThat(mailTo(unknownTongue)).contains("Found your business");
    }

    @Test
    void whoClicksTwiceOrUsesTwoLinksAtOnceFoundsOneBusiness() throws Exception {
        ask(nova);
        String first = mailedToken(nova);
        ask(nova);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> TestMail.receivedBy(nova.value()).size() == 2);
        List<String> links = new ArrayList<>(List.of(first, first));
        TestMail.receivedBy(nova.value()).forEach(mail -> links.add(token(mail)));
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService four = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (String link : links) {
                all.add(four.submit(() ->
                        found(link, "Nova", "Nova", PASSWORD).getResponse().getStatus()));
            }
            for (Future<Integer> one : all) {
                statuses.add(one.get());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(302, 410, 410, 410);
        assertThat(accounts.loadUserByUsername(nova.value()).memberships()).hasSize(1);
    }

    @Test
    void badAnswersAreExplainedKeptAndMakeNothing() {
        ask(nova);
        String token = mailedToken(nova);
        MvcTestResult weak = found(token, "Kavárna <b>Nova</b>", "Nova", "Password1234");
        assertThat(weak.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(weak))
                .contains("hard to guess")
                .contains("Kavárna &lt;b&gt;Nova&lt;/b&gt;")
                .doesNotContain("Password1234");
        assertThat(body(found(token, "  ", "Nova", PASSWORD))).contains("Give the business a name");
        assertThat(body(found(token, "Nova", " ", PASSWORD))).contains("Give a name of 1 to 120");
        assertThat(body(found(token, "n".repeat(121), "Nova", PASSWORD))).contains("Give the business a name");
        assertThat(accounts.find(nova)).isEmpty();
        assertThat(found(token, "Nova", "Nova", PASSWORD).getResponse().getStatus())
                .isEqualTo(302);
    }

    @Test
    void aLinkHoldsADayAndThenNothingOfItIsKept() {
        ask(nova);
        String token = mailedToken(nova);
        jdbc.sql("UPDATE founding SET created_at = created_at - INTERVAL ? SECOND WHERE email = ?")
                .params(Foundings.HOLDS.toSeconds(), nova.value())
                .update();
        assertThat(open(token).getResponse().getStatus()).isEqualTo(410);
        MvcTestResult late = found(token, "Nova", "Nova", PASSWORD);
        assertThat(late.getResponse().getStatus()).isEqualTo(410);
        assertThat(body(late)).contains("Nothing was made with it");
        ask(freshEmail()); // each asking clears what is over
        await().atMost(Duration.ofSeconds(10)).until(() -> rows(nova) == 0);
        assertThat(accounts.find(nova)).isEmpty();
    }

    @Test
    void whoJoinedAnotherBusinessMeanwhileIsLedToTheirAccount() {
        ask(nova);
        String token = mailedToken(nova);
        accounts.addMember(globex, accounts.ensureAccount(nova, "Nova", PASSWORD), Role.SUPPORT);
        assertThat(body(open(token))).contains("You have an account already");
        assertThat(found(token, "Nova", "Nova", "another calm phrase")
                        .getResponse()
                        .getStatus())
                .isEqualTo(410);
        assertThat(accounts.loadUserByUsername(nova.value()).memberships()).hasSize(1);
    }

    @Test
    void nobodysMailboxIsFilledByOthers() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(nova).getResponse().getStatus()).isEqualTo(200);
        }
        assertThat(ask(nova).getResponse().getStatus()).as("from one address").isEqualTo(429);
        address = address.replaceFirst("10", "11");
        assertThat(ask(nova).getResponse().getStatus()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> rows(nova) == 3);
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> TestMail.receivedBy(nova.value()).size() == 3);
    }

    @Test
    void withoutTheTokenOfTheFormNothingIsDone() {
        browser.perform(post("/sign-up").param("email", nova.value()));
        assertThat(rows(nova)).isZero();
    }

    @Test
    void whatIsNoAddressIsSaidKindly() {
        MvcTestResult answer = browser.perform(from(
                post("/sign-up").param("email", "<script>alert(1)</script>").with(csrf())));
        assertThat(answer.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(answer)).contains("name@example.com").doesNotContain("<script>");
    }

    private MvcTestResult ask(EmailAddress email) {
        return browser.perform(
                from(post("/sign-up").param("email", email.value()).with(csrf())));
    }

    private MvcTestResult open(String token) {
        return browser.perform(MockMvcRequestBuilders.get("/sign-up/" + token));
    }

    private MvcTestResult found(String token, String business, String person, String password) {
        return browser.perform(from(post("/sign-up/" + token)
                .param("business", business)
                .param("person", person)
                .param("password", password)
                .with(csrf())));
    }

    private MockHttpServletRequestBuilder from(MockHttpServletRequestBuilder request) {
        return request.locale(language).with(each -> {
            each.setRemoteAddr(address);
            return each;
        });
    }

    private static String signedInOf(MvcTestResult result) {
        MockHttpSession session = (MockHttpSession) result.getRequest().getSession(false);
        SecurityContext context = (SecurityContext)
                session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return context.getAuthentication().getName();
    }

    private static String mailTo(EmailAddress email) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !TestMail.receivedBy(email.value()).isEmpty());
        return TestMail.receivedBy(email.value()).getFirst().content().replace("=\r\n", "");
    }

    private static String mailedToken(EmailAddress email) {
        mailTo(email);
        return token(TestMail.receivedBy(email.value()).getFirst());
    }

    private static String token(ScriptedSmtp.Received mail) {
        Matcher link = LINK.matcher(mail.content().replace("=\r\n", ""));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private int rows(EmailAddress email) {
        return jdbc.sql("SELECT COUNT(*) FROM founding WHERE email = ?")
                .param(email.value())
                .query(Integer.class)
                .single();
    }

    private List<String> deeds(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> audit.page(AuditQuery.all(), PageRequest.of(0, 20))).stream()
                .map(AuditEntry::deed)
                .toList();
    }

    private static String body(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString().replaceAll("nonce=\"[^\"]+\"", "");
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }
}
