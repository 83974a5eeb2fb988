package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.OperatorVisit;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import jakarta.servlet.http.HttpSessionEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;

/** The session of an operator inside a business, over HTTP. */
@IntegrationTest
@TenantSql("Tests look at the rows themselves.")
class VisitSessionTest {

    @Autowired
    WebApplicationContext application;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    OperatorVisits visits;

    @Autowired
    SessionEnds ends;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestTenants tenants;

    MockMvcTester browser;
    TenantId home;
    TenantId acme;
    StaffPrincipal operator;

    @BeforeEach
    void anOperatorAndABusiness() {
        browser = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        home = tenants.fresh("Home");
        acme = tenants.fresh("Acme");
        EmailAddress email = new EmailAddress("op" + TimeOrderedIds.next() + "@test.example");
        accounts.addMember(home, accounts.ensureAccount(email, "Olga", "three calm words"), Role.OWNER);
        jdbc.update("UPDATE staff_account SET operator = TRUE WHERE email = ?", email.value());
        operator = accounts.loadUserByUsername(email.value());
    }

    @Test
    void theSessionGoesOnInsideUntilTheVisitIsOverAndThenAtHome() {
        MockHttpSession session = inside();
        MvcTestResult during = open(session);
        assertThat(during.getResponse().getRedirectedUrl()).isNull();
        assertThat(whose(session).tenant()).isEqualTo(acme);
        jdbc.update("UPDATE operator_visit SET ends_at = begun_at WHERE tenant_id = ?", acme.value());
        MvcTestResult after = open(session);
        assertThat(after.getResponse().getRedirectedUrl()).isEqualTo("/operator/businesses?over");
        assertThat(session.isInvalid()).isTrue();
        MockHttpSession next = (MockHttpSession) after.getRequest().getSession(false);
        assertThat(whose(next).tenant()).isEqualTo(home);
        assertThat(whose(next).visit()).isEmpty();
    }

    @Test
    void anOperatorWhoIsDisabledIsOutAltogether() {
        MockHttpSession session = inside();
        jdbc.update("UPDATE staff_account SET enabled = FALSE WHERE id = ?", operator.accountId());
        assertThat(open(session).getResponse().getRedirectedUrl()).isEqualTo("/login?ended");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void aNewNameOfTheBusinessAndASuspensionReachTheOpenSession() {
        MockHttpSession session = inside();
        jdbc.update("UPDATE business SET name = 'Acme & Daughters' WHERE id = ?", acme.value());
        open(session);
        assertThat(whose(session).current().businessName()).isEqualTo("Acme & Daughters");
        assertThat(whose(session).visit()).map(OperatorVisit::tenant).contains(acme);
        jdbc.update("UPDATE business SET suspended_at = UTC_TIMESTAMP(6) WHERE id = ?", acme.value());
        assertThat(open(session).getResponse().getRedirectedUrl()).isEqualTo("/operator/businesses?over");
    }

    @Test
    void signingOutEndsTheVisit() {
        MockHttpSession session = inside();
        ends.sessionDestroyed(new HttpSessionEvent(session));
        assertThat(jdbc.queryForList(
                        "SELECT ended_why FROM operator_visit WHERE tenant_id = ?", String.class, acme.value()))
                .containsExactly("SESSION_OVER");
        assertThat(CurrentStaff.find()).isEmpty();
    }

    private MockHttpSession inside() {
        StaffPrincipal there =
                TestTenants.as(operator, () -> visits.enter(acme, "Ticket 4711: nothing is sent", false));
        MockHttpServletRequest request = new MockHttpServletRequest();
        MockHttpSession session = new MockHttpSession();
        request.setSession(session);
        ConsoleSessions.put(there, new SignInDetails(request), request, new MockHttpServletResponse());
        SecurityContextHolder.clearContext();
        return session;
    }

    private MvcTestResult open(MockHttpSession session) {
        return browser.perform(get("/sign-in/forgot").session(session));
    }

    private static StaffPrincipal whose(MockHttpSession session) {
        Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return (StaffPrincipal) ((SecurityContext) context).getAuthentication().getPrincipal();
    }
}
