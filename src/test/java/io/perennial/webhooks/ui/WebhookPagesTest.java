package io.perennial.webhooks.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.Role;
import io.perennial.customers.ImportField;
import io.perennial.customers.records.RecordEntry;
import io.perennial.kernel.TenantId;
import io.perennial.outside.LocalWeb;
import io.perennial.outside.LocalWeb.Told;
import io.perennial.support.IntegrationTest;
import io.perennial.support.TestTenants;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.WebhookDelivery;
import io.perennial.webhooks.WebhookEndpoint;
import io.perennial.webhooks.WebhookTurns;
import io.perennial.webhooks.Webhooks;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The pages of webhooks, as the owners of two shops use them. */
@IntegrationTest
class WebhookPagesTest extends SpringBrowserlessTest {

    @Autowired
    ApplicationContext application;

    @Autowired
    TestTenants tenants;

    @Autowired
    Webhooks webhooks;

    @Autowired
    RecordEntry entry;

    private final LocalWeb shop = new LocalWeb();
    private TenantId acme;
    private TenantId globex;

    @BeforeEach
    void twoShops() {
        acme = tenants.fresh("Acme");
        globex = tenants.fresh("Globex");
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private WebhookEndpoint made() {
        return TestTenants.asOwner(
                acme,
                () -> webhooks.add(shop.url("/").toString(), "Stock keeping", EventType.OFFERED)
                        .endpoint());
    }

    private void customer(String email) {
        TestTenants.asOwner(acme, () -> entry.putCustomer("test", Map.of(ImportField.EMAIL, email)));
    }

    private static void open(String endpoint, String query) {
        UI.getCurrent().navigate("settings/webhooks/" + endpoint, QueryParameters.fromString(query));
    }

    private void press(String words) {
        test(find(Button.class).withText(words).single()).click();
    }

    private void choose(String words) {
        // The shell has menus of its own.
        MenuItem item = find(MenuBar.class).all().stream()
                .flatMap(bar -> bar.getItems().stream())
                .flatMap(top -> top.getSubMenu().getItems().stream())
                .filter(each -> each.getText().equals(words))
                .findFirst()
                .orElseThrow();
        ComponentUtil.fireEvent(item, new ClickEvent<>(item));
    }

    private List<String> headings() {
        return find(H2.class).all().stream().map(H2::getText).toList();
    }

    @SuppressWarnings("unchecked")
    private CheckboxGroup<EventType> types() {
        return find(CheckboxGroup.class).single();
    }

    @SuppressWarnings("unchecked")
    private Grid<WebhookDelivery> sent() {
        return find(Grid.class).single();
    }

    @Test
    void anEndpointIsAddedAndItsSecretShownOnce() {
        TestTenants.asOwner(acme, () -> {
            UI.getCurrent().navigate(WebhooksView.PATH);
            assertThat(headings()).contains("No endpoints yet");
            press("Add an endpoint");
            TextField address = field("Address");
            address.setValue("https://127.0.0.1/hook");
            test(find(Button.class).withText("Add an endpoint").all().getLast()).click();
            assertThat(find(CheckboxGroup.class).single().isInvalid())
                    .as("nothing is chosen")
                    .isTrue();
            press("Choose all");
            test(find(Button.class).withText("Add an endpoint").all().getLast()).click();
            assertThat(address.isInvalid()).isTrue();
            assertThat(address.getErrorMessage()).contains("network of this installation");
            assertThat(webhooks.list()).isEmpty();
            address.setValue(shop.url("/hook").toString());
            field("What it is").setValue("Stock keeping");
            test(find(Button.class).withText("Add an endpoint").all().getLast()).click();
            assertThat(find(TextArea.class).single().getValue()).startsWith("whsec_");
            press("Close");
            assertThat(find(TextArea.class).all()).isEmpty();
            assertThat(find(RouterLink.class).withText("Stock keeping").all()).hasSize(1);
        });
        TestTenants.asOwner(globex, () -> {
            open("1", ""); // a page of its own: the list stands there already, for the other shop
            press("All endpoints");
            assertThat(headings()).contains("No endpoints yet");
            assertThat(find(RouterLink.class).withText("Stock keeping").all()).isEmpty();
        });
    }

    private TextField field(String label) {
        return find(TextField.class).all().stream()
                .filter(field -> label.equals(field.getLabel()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anotherShopsEndpointIsNoneHere() {
        long id = made().id();
        customer("ada@shop.example");
        WebhookTurns.serve(application, acme);
        TestTenants.asOwner(globex, () -> {
            for (String wanted : List.of(Long.toString(id), "1", "nonsense", "99999999999999999999")) {
                open(wanted, "");
                assertThat(headings()).contains("There is no such endpoint");
                assertThat(find(Grid.class).all()).isEmpty();
            }
            press("All endpoints");
            assertThat(headings()).contains("No endpoints yet");
        });
        TestTenants.as(acme, Role.MARKETER, () -> {
            try {
                open(Long.toString(id), "");
            } catch (RuntimeException e) {
                // refused, as it should be; what counts is that nothing shows
            }
            assertThat(find(Grid.class).all()).isEmpty();
        });
    }

    @Test
    void whatFailedIsLookedAtAndSentAgain() {
        WebhookEndpoint endpoint = made();
        shop.script(asked -> new Told(400, Map.of(), "<b>no</b> such shelf"));
        customer("ada@shop.example");
        WebhookTurns.serve(application, acme);
        TestTenants.asOwner(acme, () -> {
            open(Long.toString(endpoint.id()), "show=failed");
            assertThat(headings()).as("it is tried again later").contains("Nothing of that kind");
            open(Long.toString(endpoint.id()), "show=nonsense");
            WebhookDelivery delivery = test(sent()).getRow(0);
            assertThat(delivery.type()).isEqualTo("customer.created");
            assertThat(find(Paragraph.class).all().stream().map(Paragraph::getText))
                    .anyMatch(words -> words.startsWith("Failing since"));
            test(sent()).clickRow(0);
            assertThat(find(Pre.class).all().stream().map(Pre::getText))
                    .anyMatch(text -> text.contains("webhook-id: msg_") && text.contains("\"customer.created\""))
                    .contains("<b>no</b> such shelf");
            shop.script(asked -> Told.of(204));
            press("Send again");
        });
        WebhookTurns.serve(application, acme);
        assertThat(shop.asked()).hasSize(2);
        TestTenants.asOwner(acme, () -> {
            open(Long.toString(endpoint.id()), "show=delivered");
            assertThat(test(sent()).size()).isEqualTo(1);
            choose("Send again since…");
            test(find(Button.class).withText("Send again").all().getLast()).click();
        });
        WebhookTurns.serve(application, acme);
        assertThat(shop.asked()).as("all of the last hour once more").hasSize(3);
        assertThat(shop.asked().stream()
                        .map(asked -> asked.headers().get("webhook-id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aNewSecretIsShownOnceAndTheOneBeforeSignsAlong() {
        WebhookEndpoint endpoint = made();
        TestTenants.asOwner(acme, () -> {
            open(Long.toString(endpoint.id()), "");
            choose("New secret");
            test(find(ConfirmDialog.class).single()).confirm();
            assertThat(find(TextArea.class).single().getValue()).startsWith("whsec_");
            press("Close");
            assertThat(find(Paragraph.class).all().stream().map(Paragraph::getText))
                    .anyMatch(words -> words.startsWith("The secret before signs along until"));
            assertThat(webhooks.require(endpoint.id()).oldSecretUntil()).isNotNull();
        });
    }

    /** Who chose a zone of their own reads in it when something happened; others read in the business's. */
    @Test
    void timesAreInTheZoneOfWhoeverReadsThem() {
        ZoneId hanoi = ZoneId.of("Asia/Ho_Chi_Minh");
        WebhookEndpoint endpoint = made();
        TestTenants.asOwner(acme, () -> {
            Instant until = webhooks.replaceSecret(endpoint.id()).endpoint().oldSecretUntil();
            open(Long.toString(endpoint.id()), "");
            assertThat(untilWhen()).contains(Formats.dateTime(until, ZoneId.of("Europe/Prague")));
            Reader.choose(UI.getCurrent(), hanoi);
            UI.getCurrent().navigate(WebhooksView.PATH);
            open(Long.toString(endpoint.id()), "");
            assertThat(untilWhen()).contains(Formats.dateTime(until, hanoi));
        });
    }

    private String untilWhen() {
        return find(Paragraph.class).all().stream()
                .map(Paragraph::getText)
                .filter(words -> words.startsWith("The secret before signs along until"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTestIsSentAndAnEndpointSwitchedOffAndRemoved() {
        WebhookEndpoint endpoint = made();
        TestTenants.asOwner(acme, () -> {
            open(Long.toString(endpoint.id()), "");
            assertThat(headings()).contains("Nothing yet");
            press("Send a test");
            assertThat(test(sent()).getRow(0).type()).isEqualTo("endpoint.tested");
            choose("Change");
            types().setValue(Set.of(EventType.CUSTOMER_ERASED));
            press("Save");
            assertThat(webhooks.require(endpoint.id()).types()).containsExactly(EventType.CUSTOMER_ERASED);
            choose("Switch off");
            assertThat(webhooks.require(endpoint.id()).state()).isEqualTo(WebhookEndpoint.State.DISABLED);
            assertThat(find(Button.class).withText("Send a test").all()).isEmpty();
            press("Switch on");
            assertThat(webhooks.require(endpoint.id()).isOn()).isTrue();
            choose("Remove");
            test(find(ConfirmDialog.class).single()).confirm();
            assertThat(webhooks.list()).isEmpty();
            assertThat(headings()).contains("No endpoints yet");
        });
    }
}
