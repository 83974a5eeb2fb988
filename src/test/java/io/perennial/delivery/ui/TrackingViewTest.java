package io.perennial.delivery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.textfield.TextField;
import io.perennial.accounts.Role;
import io.perennial.delivery.TrackingSettings;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.tenancy.TenantSql;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@TenantSql("Puts a mail into the quarantine of one tenant.")
class TrackingViewTest extends SpringBrowserlessTest {

    @Autowired
    TrackingSettings settings;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestTenants tenants;

    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoBusinesses() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
        jdbc.sql(
                        "INSERT INTO quarantined_mail (tenant_id, id, digest, reason, detail, source, recipients, size, content, "
                                + "arrived_at) VALUES (?, ?, ?, 'NO_REPORT', '<img src=x onerror=alert(1)>', 'SMTP', '', 9, "
                                + "'<script>alert(1)</script>', UTC_TIMESTAMP(6))")
                .params(acme.value(), TimeOrderedIds.next(), new byte[32])
                .update();
    }

    @Test
    void anOwnerSwitchesTrackingOffForTheirBusinessAlone() {
        TestTenants.asOwner(acme, () -> {
            navigate(TrackingView.class);
            test(find(Checkbox.class).all().getFirst()).click();
            test(find(TextField.class).all().getFirst()).setValue("bounces.acme.example");
            test(button("Save tracking")).click();
        });
        TrackingSettings.Setting now = TestTenants.asOwner(acme, settings::current);
        assertThat(now.opens()).isFalse();
        assertThat(now.clicks()).isTrue();
        assertThat(now.bounceDomain()).isEqualTo("bounces.acme.example");
        assertThat(TestTenants.asOwner(globex, settings::current).opens()).isTrue();
    }

    @Test
    void whatIsNoDomainIsSaidAtItsField() {
        TestTenants.asOwner(acme, () -> {
            navigate(TrackingView.class);
            TextField domain = find(TextField.class).all().getFirst();
            test(domain).setValue("not a domain");
            test(button("Save tracking")).click();
            assertThat(domain.isInvalid()).isTrue();
        });
        assertThat(TestTenants.asOwner(acme, settings::current).changedAt()).isNull();
    }

    @Test
    void hostileTextOfAMailIsShownAsText() {
        TestTenants.asOwner(acme, () -> {
            navigate(TrackingView.class);
            Grid<?> grid = find(Grid.class).all().getFirst();
            assertThat(test(grid).size()).isEqualTo(1);
            int last = (int) grid.getColumns().stream()
                            .filter(Grid.Column::isVisible)
                            .count()
                    - 1;
            test((Button) test(grid).getCellComponent(0, last)).click();
            assertThat(find(Dialog.class).all()).hasSize(1);
            Pre text = find(Pre.class).all().getFirst();
            assertThat(text.getText()).isEqualTo("<script>alert(1)</script>");
            assertThat(text.getElement().getProperty("innerHTML")).isNull();
        });
        TestTenants.asOwner(globex, () -> {
            navigate(TrackingView.class);
            assertThat(test((Grid<?>) find(Grid.class).all().getFirst()).size()).isZero();
        });
    }

    @Test
    void aMarketerLooksOnly() {
        TestTenants.as(acme, Role.MARKETER, () -> {
            navigate(TrackingView.class);
            assertThat(find(Checkbox.class).all()).allMatch(Checkbox::isReadOnly);
            assertThat(find(Button.class).all()).extracting(Button::getText).doesNotContain("Save tracking");
        });
    }

    private Button button(String words) {
        return find(Button.class).all().stream()
                .filter(b -> b.getText().equals(words))
                .findFirst()
                .orElseThrow();
    }
}
