package io.perennial.accounts.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.QueryParameters;
import io.perennial.accounts.AuditEntry;
import io.perennial.accounts.AuditQuery;
import io.perennial.accounts.AuditTrail;
import io.perennial.accounts.Invitations;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffRole;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class AuditViewTest extends SpringBrowserlessTest {

    @Autowired
    Invitations invitations;

    @Autowired
    AuditTrail trail;

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
            test(find(Button.class).withText("Clear filters").single()).click();
            assertThat(test(grid()).size()).isEqualTo(1);
            assertThat(find(Select.class).all()).hasSize(2);
        });
    }

    @Test
    void theFileHoldsWhatTheFiltersShowAndNothingOfOthers() {
        EmailAddress email = new EmailAddress("d" + TimeOrderedIds.next() + "@test.example");
        EmailAddress others = new EmailAddress("e" + TimeOrderedIds.next() + "@test.example");
        TestTenants.asOwner(globex, () -> {
            invitations.invite(others, StaffRole.of(Role.MARKETER));
        });
        TestTenants.asOwner(acme, () -> {
            invitations.invite(email, StaffRole.of(Role.MARKETER));
            String all = file(AuditQuery.all());
            assertThat(all.lines().toList())
                    .hasSize(3)
                    .element(2, InstanceOfAssertFactories.STRING)
                    .contains("invited " + email)
                    .contains("Role: MARKETER");
            assertThat(all).startsWith("\uFEFFWhen,Who,What was done").contains("exported the audit log");
            assertThat(all).doesNotContain(others.toString());
            assertThat(file(new AuditQuery("campaigns", null, null, null, null)).lines())
                    .as("only the heads of columns")
                    .hasSize(1);
            navigate(AuditView.class);
            test(find(Button.class).withText("Export").single()).click();
            assertThat(find(Button.class).withText("Download").all()).hasSize(1);
        });
    }

    private String file(AuditQuery query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditFile.write(trail, query, ZoneId.of("Europe/Prague"), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private Grid<AuditEntry> grid() {
        return find(Grid.class).single();
    }
}
