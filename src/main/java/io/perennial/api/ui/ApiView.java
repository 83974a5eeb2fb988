package io.perennial.api.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
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
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.accounts.StepUp;
import io.perennial.api.ApiKey;
import io.perennial.api.ApiKeys;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys by which programs come in: who has one, what it may do, when it was used last. */
@Route("settings/api")
@RolesAllowed(Permission.Names.SETTINGS_WRITE)
class ApiView extends Main implements HasDynamicTitle {

    private static final String PATH = "settings/api";

    private final transient ApiKeys keys;
    private final ZoneId zone;
    private final UnorderedList list = new UnorderedList();
    private final Div card = new Div(list);
    private final EmptyState none;

    ApiView(ApiKeys keys, Businesses businesses, SettingsParts parts, StepUp proof) {
        this.keys = keys;
        Business business = businesses.current();
        this.zone = business.zone();
        addClassNames("page", "settings");
        none = new EmptyState(VaadinIcon.KEY, t("api.empty"), t("api.empty_hint"));
        list.addClassName("card");
        card.addClassName("staff-list");
        Button make = new Button(
                t("api.make"), e -> proof.then(() -> new MakeKeyDialog(keys, zone, proof, this::refresh).open()));
        make.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHead(t("api.title"), t("api.lead", business.name()), make),
                parts.nav(PATH),
                none,
                card,
                description());
        refresh();
    }

    private static Paragraph description() {
        return new Paragraph(
                link("api/docs", t("api.docs")), new Span(" · "), link("api/v1/openapi.json", t("api.description")));
    }

    private static Anchor link(String href, String text) {
        Anchor link = new Anchor(href, text);
        link.setRouterIgnore(true);
        link.setTarget("_blank");
        return link;
    }

    private void refresh() {
        List<ApiKey> known = keys.list();
        none.setVisible(known.isEmpty());
        card.setVisible(!known.isEmpty());
        list.removeAll();
        Instant now = Instant.now();
        known.forEach(key -> list.add(row(key, now)));
    }

    private ListItem row(ApiKey key, Instant now) {
        ApiKey.State state = key.state(now);
        Span name = new Span(t("api.key_of", key.name(), key.hint()));
        name.addClassName("face-name");
        Span what = new Span(scopes(key));
        what.addClassNames("face-note", "webhook-note");
        Span when = new Span(history(key, state));
        when.addClassNames("face-note", "webhook-note");
        Div words = new Div(name, what, when);
        words.addClassName("face-words");
        Div controls = new Div(new StatusBadge(
                t("api.state." + state.name().toLowerCase(Locale.ROOT)),
                state == ApiKey.State.ACTIVE ? Tone.GOOD : Tone.NEUTRAL));
        controls.addClassName("staff-controls");
        if (state == ApiKey.State.ACTIVE) {
            Button revoke = new Button(t("api.revoke"), e -> confirm(key));
            revoke.addThemeVariants(ButtonVariant.TERTIARY);
            revoke.setAriaLabel(t("api.revoke_of", key.name()));
            controls.add(revoke);
        }
        return new ListItem(words, controls);
    }

    private static String scopes(ApiKey key) {
        return key.scopes().stream().sorted().map(Permission::authority).collect(Collectors.joining(", "));
    }

    private String history(ApiKey key, ApiKey.State state) {
        String made = t(
                "api.made",
                Formats.date(key.createdAt().atZone(Reader.zone(zone)).toLocalDate()),
                key.createdBy());
        String used =
                key.lastUsedAt() == null ? t("api.never_used") : t("api.used", Formats.relative(key.lastUsedAt()));
        String end = switch (state) {
            case REVOKED ->
                t(
                        "api.revoked_at",
                        Formats.dateTime(key.revokedAt(), Reader.zone(zone)),
                        String.valueOf(key.revokedBy()));
            case EXPIRED -> t("api.expired_at", Formats.dateTime(key.expiresAt(), Reader.zone(zone)));
            case ACTIVE ->
                key.expiresAt() == null ? "" : t("api.expires", Formats.dateTime(key.expiresAt(), Reader.zone(zone)));
        };
        return made + " · " + used + (end.isEmpty() ? "" : " · " + end);
    }

    private void confirm(ApiKey key) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader(t("api.revoke_question", key.name()));
        String used = key.lastUsedAt() == null ? "" : " " + t("api.revoke_used", Formats.relative(key.lastUsedAt()));
        dialog.setText(t("api.revoke_hint") + used);
        dialog.setCancelable(true);
        dialog.setCancelText(t("api.keep"));
        dialog.setConfirmText(t("api.revoke_of", key.name()));
        dialog.setConfirmButtonTheme("primary error");
        dialog.addConfirmListener(e -> {
            keys.revoke(key.id());
            Toasts.success(t("api.revoked", key.name()));
            refresh();
        });
        dialog.open();
    }

    @Override
    public String getPageTitle() {
        return t("api.title");
    }

    @Configuration(proxyBeanMethods = false)
    static class Part {

        @Bean
        SettingsPart apiPart() {
            return new SettingsPart("api.tab", PATH, Permission.SETTINGS_WRITE, SettingsGroup.CONNECTIONS, 0);
        }
    }
}
