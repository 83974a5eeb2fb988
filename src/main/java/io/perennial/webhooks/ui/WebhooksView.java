package io.perennial.webhooks.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StepUp;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.webhooks.EventType;
import io.perennial.webhooks.WebhookEndpoint;
import io.perennial.webhooks.Webhooks;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which programs of the business are told what happens. */
@Route("settings/webhooks")
@RolesAllowed(Permission.Names.SETTINGS_WRITE)
class WebhooksView extends Main implements HasDynamicTitle {

    static final String PATH = "settings/webhooks";

    private final transient Webhooks webhooks;
    private final ZoneId zone;
    private final UnorderedList list = new UnorderedList();
    private final Div card = new Div(list);
    private final EmptyState none = new EmptyState(VaadinIcon.BELL_O, t("webhooks.empty"), t("webhooks.empty_hint"));

    WebhooksView(Webhooks webhooks, Businesses businesses, SettingsParts parts, StepUp proof) {
        this.webhooks = webhooks;
        Business business = businesses.current();
        this.zone = Reader.zone(business.zone());
        addClassNames("page", "settings");
        list.addClassName("card");
        card.addClassName("staff-list");
        Button add = new Button(
                t("webhooks.add"),
                e -> proof.then(() ->
                        EndpointDialog.adding(webhooks, proof, this::refresh).open()));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Anchor docs = new Anchor("api/docs#webhooks", t("webhooks.docs"));
        docs.setRouterIgnore(true);
        docs.setTarget("_blank");
        add(
                new PageHead(t("webhooks.title"), t("webhooks.lead", business.name()), add),
                parts.nav(PATH),
                none,
                card,
                new Paragraph(docs));
        refresh();
    }

    private void refresh() {
        List<WebhookEndpoint> known = webhooks.list();
        none.setVisible(known.isEmpty());
        card.setVisible(!known.isEmpty());
        list.removeAll();
        known.forEach(endpoint -> list.add(row(endpoint)));
    }

    private ListItem row(WebhookEndpoint endpoint) {
        RouterLink name = new RouterLink(WebhookView.class, WebhookView.parameters(endpoint.id()));
        name.setText(endpoint.name());
        name.addClassName("face-name");
        Div words = new Div(name);
        if (!endpoint.description().isBlank()) {
            words.add(note(endpoint.url()));
        }
        words.add(note(types(endpoint) + " · "
                + t(
                        "webhooks.made",
                        Formats.date(endpoint.createdAt().atZone(zone).toLocalDate()),
                        endpoint.createdBy())));
        words.addClassName("face-words");
        Div controls = new Div(EndpointWords.badge(endpoint));
        controls.addClassName("staff-controls");
        return new ListItem(words, controls);
    }

    private static Span note(String text) {
        Span note = new Span(text);
        note.addClassNames("face-note", "webhook-note");
        return note;
    }

    private static String types(WebhookEndpoint endpoint) {
        return endpoint.types().size() == EventType.OFFERED.size()
                ? t("webhooks.all_types")
                : t("webhooks.types_of", endpoint.types().size());
    }

    @Override
    public String getPageTitle() {
        return t("webhooks.title");
    }

    @Configuration(proxyBeanMethods = false)
    static class Part {

        @Bean
        SettingsPart webhooksPart() {
            return new SettingsPart("webhooks.tab", PATH, Permission.SETTINGS_WRITE, SettingsGroup.CONNECTIONS, 10);
        }
    }
}
