package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.LocationChangeEvent;
import com.vaadin.flow.router.NavigationTrigger;
import io.perennial.accounts.Role;
import io.perennial.accounts.StaffAccounts;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The frame around the pages fails: the page inside it is shown all the same, with an id that is in the log too. */
@IntegrationTest
class FrameFaultTest extends SpringBrowserlessTest {

    @Autowired
    TestTenants tenants;

    @Autowired
    StaffAccounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatCannotBeDrawnOfTheFrameIsSaidWithAnIdAndThePageStands() {
        TenantId acme = tenants.fresh("Acme");
        tenants.fresh("Globex");
        EmailAddress email = Door.freshEmail();
        accounts.addMember(acme, accounts.ensureAccount(email, "Olga", Door.PASSWORD), Role.OWNER);
        jdbc.sql("UPDATE business SET suspended_at = UTC_TIMESTAMP(6), suspended_reason = 'Why' WHERE id = ?")
                .param(acme.value())
                .update();
        TestTenants.as(accounts.loadUserByUsername(email.value()), () -> {
            // Without its services nothing of what it asks them can be drawn.
            MainLayout frame = new MainLayout(null, null, null, null, null, null);
            UI.getCurrent().add(frame);
            frame.showRouterLayoutContent(new Div("What the page says"));
            UI ui = UI.getCurrent();
            frame.afterNavigation(new AfterNavigationEvent(new LocationChangeEvent(
                    ui.getInternals().getRouter(), ui, NavigationTrigger.PAGE_LOAD, new Location(""), List.of(frame))));
            String words = frame.getElement().getTextRecursively();
            assertThat(words).contains("What the page says").contains("could not be shown");
            assertThat(find(Div.class)
                            .withCondition(each -> each.hasClassName("frame-fault"))
                            .all())
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.getText()).containsPattern("this id: \\S{6,}"));
            return true;
        });
    }
}
