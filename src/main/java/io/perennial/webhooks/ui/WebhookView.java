package io.perennial.webhooks.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Toasts;
import io.perennial.webhooks.WebhookEndpoint;
import io.perennial.webhooks.WebhookLog;
import io.perennial.webhooks.WebhookProperties;
import io.perennial.webhooks.WebhookRefused;
import io.perennial.webhooks.Webhooks;
import jakarta.annotation.security.RolesAllowed;
import java.net.URI;
import java.time.ZoneId;
import java.util.NoSuchElementException;

/** One endpoint: how it stands, what it was sent and what it answered. */
@Route("settings/webhooks/:endpoint")
@RolesAllowed(Permission.Names.SETTINGS_WRITE)
class WebhookView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final transient Webhooks webhooks;
    private final transient WebhookLog log;
    private final transient StepUp proof;
    private final transient SettingsParts parts;
    private final transient WebhookProperties properties;
    private final ZoneId zone;
    private String title = t("webhooks.title");

    WebhookView(
            Webhooks webhooks,
            WebhookLog log,
            Businesses businesses,
            SettingsParts parts,
            StepUp proof,
            WebhookProperties properties) {
        this.webhooks = webhooks;
        this.log = log;
        this.proof = proof;
        this.parts = parts;
        this.properties = properties;
        this.zone = Reader.zone(businesses.current().zone());
        addClassNames("page", "settings");
    }

    static RouteParameters parameters(long endpoint) {
        return new RouteParameters("endpoint", Long.toString(endpoint));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("endpoint").orElse("");
        String filter = event.getLocation()
                .getQueryParameters()
                .getSingleParameter(DeliveryList.PARAMETER)
                .orElse("");
        try {
            show(webhooks.require(Long.parseLong(wanted)), filter);
        } catch (NoSuchElementException | NumberFormatException e) {
            removeAll();
            Button back = new Button(t("webhooks.back"), click -> toList());
            add(
                    new PageHead(t("webhooks.title"), ""),
                    parts.nav(WebhooksView.PATH),
                    new EmptyState(VaadinIcon.BELL_O, t("webhooks.gone_page"), "", back));
        }
    }

    private void show(WebhookEndpoint endpoint, String filter) {
        title = heading(endpoint);
        removeAll();
        DeliveryList sent = new DeliveryList(log, properties, endpoint, zone, filter);
        Button test = new Button(t("webhooks.test"), e -> test(endpoint, sent));
        test.addThemeVariants(ButtonVariant.PRIMARY);
        test.setVisible(endpoint.isOn());
        PageHead head = new PageHead(title, endpoint.url(), menu(endpoint, sent), test);
        head.addBesideTitle(EndpointWords.badge(endpoint));
        add(head, parts.nav(WebhooksView.PATH));
        Div state = new Div();
        state.addClassName("webhook-state");
        EndpointWords.explanation(endpoint, zone).ifPresent(words -> state.add(new Paragraph(words)));
        if (endpoint.oldSecretUntil() != null && endpoint.oldSecretUntil().isAfter(java.time.Instant.now())) {
            state.add(new Paragraph(t("webhooks.old_secret", Formats.dateTime(endpoint.oldSecretUntil(), zone))));
        }
        if (!endpoint.isOn()) {
            state.add(new Button(t("webhooks.switch_on"), e -> turn(endpoint, true)));
        }
        if (state.getChildren().findAny().isPresent()) {
            add(state);
        }
        add(sent);
        getUI().ifPresent(ui -> ui.getPage().setTitle(title));
    }

    /** The whole address, which may be long, stands below it. */
    private static String heading(WebhookEndpoint endpoint) {
        String host = URI.create(endpoint.url()).getHost();
        return endpoint.description().isBlank() && host != null ? host : endpoint.name();
    }

    private MenuBar menu(WebhookEndpoint endpoint, DeliveryList sent) {
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.TERTIARY);
        MenuItem more = bar.addItem(VaadinIcon.ELLIPSIS_DOTS_H.create());
        more.setAriaLabel(t("webhooks.more"));
        more.getSubMenu()
                .addItem(
                        t("webhooks.edit"),
                        e -> EndpointDialog.changing(webhooks, proof, endpoint, () -> again(endpoint))
                                .open());
        more.getSubMenu().addItem(t("webhooks.new_secret"), e -> askForSecret(endpoint));
        if (endpoint.isOn()) {
            more.getSubMenu().addItem(t("webhooks.again_failed"), e -> sent.sendFailedAgain());
            more.getSubMenu().addItem(t("webhooks.again_since"), e -> sent.askSince());
            more.getSubMenu().addItem(t("webhooks.switch_off"), e -> turn(endpoint, false));
        }
        more.getSubMenu().addItem(t("webhooks.remove"), e -> askForRemoval(endpoint));
        return bar;
    }

    private void again(WebhookEndpoint endpoint) {
        show(webhooks.require(endpoint.id()), "");
    }

    private void test(WebhookEndpoint endpoint, DeliveryList sent) {
        try {
            log.test(endpoint.id());
            Toasts.success(t("webhooks.test_sent"));
            sent.watch();
        } catch (WebhookRefused e) {
            Toasts.error(t(e.key()));
            again(endpoint);
        }
    }

    private void turn(WebhookEndpoint endpoint, boolean on) {
        if (on) {
            webhooks.switchOn(endpoint.id());
            Toasts.success(t("webhooks.switched_on", endpoint.name()));
        } else {
            webhooks.switchOff(endpoint.id());
            Toasts.success(t("webhooks.switched_off", endpoint.name()), t("webhooks.undo"), () -> turn(endpoint, true));
        }
        again(endpoint);
    }

    private void askForSecret(WebhookEndpoint endpoint) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("webhooks.new_secret_question"));
        dialog.setText(t("webhooks.new_secret_hint", properties.overlap().toHours()));
        dialog.setCancelable(true);
        dialog.setCancelText(t("webhooks.cancel"));
        dialog.setConfirmText(t("webhooks.new_secret_deed"));
        dialog.addConfirmListener(e -> proof.then(() -> {
            new SecretDialog(webhooks.replaceSecret(endpoint.id()).secret()).open();
            again(endpoint);
        }));
        dialog.open();
    }

    private void askForRemoval(WebhookEndpoint endpoint) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("webhooks.remove_question", heading(endpoint)));
        dialog.setText(t("webhooks.remove_hint"));
        dialog.setCancelable(true);
        dialog.setCancelText(t("webhooks.keep"));
        dialog.setConfirmText(t("webhooks.remove_deed"));
        dialog.setConfirmButtonTheme("primary error");
        dialog.addConfirmListener(e -> {
            webhooks.remove(endpoint.id());
            Toasts.success(t("webhooks.removed", endpoint.name()));
            toList();
        });
        dialog.open();
    }

    private void toList() {
        getUI().ifPresent(ui -> ui.navigate(WebhooksView.class));
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
