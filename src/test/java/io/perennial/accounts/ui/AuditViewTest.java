package io.perennial.accounts.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffRole;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class AuditViewTest extends SpringBrowserlessTest {

    @Autowired
    Invitations invitations;

    @Autowired
    TestTenants tenants;

    TenantId acme;
    TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @Test
    void anEntryIsASentenceWithWhatChanged() {
        EmailAddress email = new EmailAddress("b" + TimeOrderedIds.next() + "@test.example");
        TestTenants.asOwner(acme, () -> {
            invitations.invite(email, StaffRole.of(Role.MARKETER));
            navigate(AuditView.class);
            AuditEntry entry = test(grid()).getRow(0);
            assertThat(AuditGrid.deed(entry)).isEqualTo("invited " + email);
            assertThat(AuditGrid.change(entry.changes().getFirst())).isEqualTo("Role: MARKETER");
        });
        TestTenants.asOwner(globex, () -> {
            navigate(AuditView.class);
            assertThat(find(H2.class).single().getText()).isEqualTo("Nothing has been done yet");
        });
    }

    @Test
    void aPartWithoutEntriesSaysSoAndOffersAllAgain() {
        TestTenants.asOwner(acme, () -> {
            invitations.invite(
                    new EmailAddress("c" + TimeOrderedIds.next() + "@test.example"), StaffRole.of(Role.MARKETER));
            UI.getCurrent()
                    .navigate(
                            AuditView.class, QueryParameters.fromString("part=campaigns&person=nonsense&from=31.12."));
            assertThat(find(H2.class).single().getText()).isEqualTo("Nothing fits these filters");
            test(find(com.vaadin.flow.component.button.Button.class)
                            .withText("Clear filters")
                            .single())
                    .click();
            assertThat(test(grid()).size()).isEqualTo(1);
            assertThat(find(Select.class).all()).hasSize(2);
        });
    }

    @SuppressWarnings("unchecked")
    private Grid<AuditEntry> grid() {
        return find(Grid.class).single();
    }
}
