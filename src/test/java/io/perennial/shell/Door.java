package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.perennial.accounts.ActingAs;
import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.TestTenants;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/**
 * What tests of the doors share: two businesses with a person each, and a browser that knocks over HTTP from an address
 * nobody else comes from.
 */
@TestComponent
public class Door {

    static final String PASSWORD = "three calm words";

    private final WebApplicationContext application;
    private final StaffAccounts accounts;
    private final TestTenants tenants;
    private final AuditTrail audit;
    private final JdbcClient jdbc;

    Door(
            WebApplicationContext application,
            StaffAccounts accounts,
            TestTenants tenants,
            AuditTrail audit,
            JdbcClient jdbc) {
        this.application = application;
        this.accounts = accounts;
        this.tenants = tenants;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    /** Mia of Acme and Grace, who owns Globex: fresh ones each time. */
    Visit fresh(Role miaIs) {
        Visit visit = new Visit(
                MockMvcTester.from(
                        application,
                        (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                                .build()),
                tenants.fresh("Acme"),
                tenants.fresh("Globex"),
                freshEmail(),
                freshEmail());
        accounts.addMember(visit.acme, accounts.ensureAccount(visit.mia, "Mia", PASSWORD), miaIs);
        accounts.addMember(visit.globex, accounts.ensureAccount(visit.grace, "Grace", PASSWORD), Role.OWNER);
        return visit;
    }

    static EmailAddress freshEmail() {
        return new EmailAddress("person" + TimeOrderedIds.next() + "@test.example");
    }

    static String freshAddress() {
        long n = TimeOrderedIds.next();
        return "10." + (n >> 4) % 256 + '.' + (n >> 12) % 256 + '.' + (n >> 20) % 256;
    }

    static @Nullable StaffPrincipal personIn(MockHttpSession session) {
        Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return context == null
                ? null
                : (StaffPrincipal)
                        ((SecurityContext) context).getAuthentication().getPrincipal();
    }

    /** Runs as whoever is signed in there. */
    static <T> T in(MockHttpSession session, Supplier<T> work) {
        Authentication person = ((SecurityContext)
                        session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY))
                .getAuthentication();
        return ActingAs.with(person, ((StaffPrincipal) person.getPrincipal()).tenant(), work);
    }

    static String body(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString().replaceAll("nonce=\"[^\"]+\"", "");
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }

    List<String> deeds(TenantId tenant) {
        return TestTenants.asOwner(tenant, () -> audit.page(AuditQuery.all(), PageRequest.of(0, 50))).stream()
                .map(AuditEntry::deed)
                .toList();
    }

    void requireSecondFactorIn(TenantId tenant) {
        jdbc.sql("UPDATE business SET second_factor = TRUE WHERE id = ?")
                .param(tenant.value())
                .update();
    }

    /** Two people before the doors. */
    static final class Visit {

        final MockMvcTester browser;
        final TenantId acme;
        final TenantId globex;
        final EmailAddress mia;
        final EmailAddress grace;
        private String address = freshAddress();

        private Visit(MockMvcTester browser, TenantId acme, TenantId globex, EmailAddress mia, EmailAddress grace) {
            this.browser = browser;
            this.acme = acme;
            this.globex = globex;
            this.mia = mia;
            this.grace = grace;
        }

        String address() {
            return address;
        }

        /** Goes on from another address. */
        void elsewhere() {
            address = freshAddress();
        }

        MvcTestResult perform(MockHttpServletRequestBuilder request) {
            return browser.perform(request.with(each -> {
                each.setRemoteAddr(address);
                return each;
            }));
        }

        /** With the token of the form. */
        MvcTestResult submit(MockHttpServletRequestBuilder request) {
            return perform(request.with(csrf()));
        }

        /** Gives the password, which must lead there. */
        MockHttpSession password(EmailAddress email, String leadsTo) {
            MockHttpSession session = new MockHttpSession();
            password(session, email, leadsTo);
            return session;
        }

        void password(MockHttpSession session, EmailAddress email, String leadsTo) {
            MvcTestResult answer = submit(post("/login")
                    .param("username", email.value())
                    .param("password", PASSWORD)
                    .session(session));
            assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo(leadsTo);
        }

        boolean goesOn(MockHttpSession session) {
            return !"/login?ended"
                    .equals(perform(get("/sign-in/forgot").session(session))
                            .getResponse()
                            .getRedirectedUrl());
        }
    }
}
