package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.server.VaadinSession;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.tenancy.CurrentTenant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Who acts, inside a console session whose person may do little. */
@IntegrationTest
class ActingAsTest extends SpringBrowserlessTest {

    private static final TenantId ACME = new TenantId(1);
    private static final TenantId GLOBEX = new TenantId(2);

    @BeforeEach
    void aSessionOfSomebodyFromSupport() {
        Membership membership = new Membership(ACME.value(), "Acme", Role.SUPPORT);
        StaffPrincipal mia = new StaffPrincipal(7, "mia@acme.example", "Mia", null, List.of(membership), membership);
        VaadinSession.getCurrent()
                .getSession()
                .setAttribute(
                        HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                        new SecurityContextImpl(
                                new UsernamePasswordAuthenticationToken(mia, null, mia.getAuthorities())));
    }

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void theSystemMayWhatThePersonMayNotAndOnlyMeanwhile() {
        assertThat(CurrentStaff.may(Permission.CAMPAIGN_SEND)).isFalse();
        ActingAs.system(GLOBEX, () -> {
            assertThat(CurrentStaff.may(Permission.CAMPAIGN_SEND)).isTrue();
            assertThat(CurrentStaff.find()).isEmpty();
            assertThat(CurrentTenant.require()).isEqualTo(GLOBEX);
        });
        assertThat(CurrentStaff.may(Permission.CAMPAIGN_SEND)).isFalse();
        assertThat(CurrentStaff.find()).isPresent();
        assertThat(CurrentTenant.find()).isEmpty();
    }

    @Test
    void nestedActsEndOneByOneAlsoAfterAFault() {
        ActingAs.system(ACME, () -> {
            try {
                ActingAs.system(GLOBEX, () -> {
                    throw new IllegalStateException("fault");
                });
            } catch (IllegalStateException expected) {
                assertThat(CurrentTenant.require()).isEqualTo(ACME);
                assertThat(CurrentStaff.may(Permission.SETTINGS_WRITE)).isTrue();
            }
        });
        assertThat(CurrentStaff.may(Permission.SETTINGS_WRITE)).isFalse();
    }

    @Test
    void workForAnotherSessionThatThisThreadRunsIsThatSessionsPersons() {
        VaadinSession session = VaadinSession.getCurrent();
        VaadinSession.setCurrent(null);
        try {
            ActingAs.system(GLOBEX, () -> {
                VaadinSession.setCurrent(session); // as a queued task of that session finds it
                assertThat(CurrentStaff.may(Permission.CAMPAIGN_SEND)).isFalse();
                assertThat(CurrentStaff.find().orElseThrow().displayName()).isEqualTo("Mia");
                VaadinSession.setCurrent(null);
            });
        } finally {
            VaadinSession.setCurrent(session);
        }
    }
}
