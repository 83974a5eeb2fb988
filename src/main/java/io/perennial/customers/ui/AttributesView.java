package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.accounts.SettingsGroup;
import io.perennial.accounts.SettingsPart;
import io.perennial.accounts.SettingsParts;
import io.perennial.customers.attributes.AttributeChoice;
import io.perennial.customers.attributes.AttributeDefinitions;
import io.perennial.customers.attributes.AttributeId;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.customers.attributes.CustomerAttributes;
import io.perennial.customers.attributes.InvalidAttribute;
import io.perennial.uikit.EmptyState;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Toasts;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the business keeps about its customers beyond what everybody has. */
@Route(AttributesView.PATH)
@RolesAllowed(Permission.Names.SETTINGS_READ)
class AttributesView extends Main implements HasDynamicTitle {

    static final String PATH = "settings/attributes";
    private static final int SHOWN_CHOICES = 6;

    private final transient CustomerAttributes attributes;
    private final transient AttributeDefinitions definitions;
    private final Div content = new Div();
    private final boolean mayWrite = CurrentStaff.may(Permission.SETTINGS_WRITE);

    AttributesView(CustomerAttributes attributes, AttributeDefinitions definitions, SettingsParts parts) {
        this.attributes = attributes;
        this.definitions = definitions;
        addClassNames("page", "settings");
        Button define = new Button(t("attributes.define"), e -> edit(null));
        define.addThemeVariants(ButtonVariant.PRIMARY);
        String lead = t(mayWrite ? "attributes.lead" : "attributes.read_only");
        add(
                mayWrite
                        ? new PageHead(t("attributes.title"), lead, define)
                        : new PageHead(t("attributes.title"), lead),
                parts.nav(PATH),
                content);
        show();
    }

    @Override
    public String getPageTitle() {
        return t("attributes.title");
    }

    private void show() {
        content.removeAll();
        List<CustomerAttribute> all = attributes.listAll();
        List<CustomerAttribute> used =
                all.stream().filter(attribute -> !attribute.archived()).toList();
        List<CustomerAttribute> archived =
                all.stream().filter(CustomerAttribute::archived).toList();
        if (all.isEmpty()) {
            content.add(new EmptyState(VaadinIcon.TAGS, t("attributes.empty"), t("attributes.empty_explained")));
        }
        if (!used.isEmpty()) {
            content.add(rows(used));
        }
        if (!archived.isEmpty()) {
            content.add(new H2(t("attributes.archived")), rows(archived));
        }
    }

    private UnorderedList rows(List<CustomerAttribute> some) {
        UnorderedList list = new UnorderedList();
        list.addClassName("attribute-rows");
        for (int i = 0; i < some.size(); i++) {
            list.add(row(some, i));
        }
        return list;
    }

    private ListItem row(List<CustomerAttribute> some, int place) {
        CustomerAttribute attribute = some.get(place);
        Span name = new Span(attribute.name());
        name.addClassName("attribute-name");
        Span more = new Span(more(attribute));
        more.addClassName("attribute-more");
        Div words = new Div(name, more);
        words.addClassName("attribute-words");
        Div buttons = new Div();
        buttons.addClassName("attribute-buttons");
        if (mayWrite) {
            if (attribute.archived()) {
                buttons.add(button("attributes.restore", () -> {
                    definitions.restore(attribute.id());
                    Toasts.success(t("attributes.restored", attribute.name()));
                }));
            } else {
                Button up = icon(VaadinIcon.ARROW_UP, "attributes.up", attribute, () -> move(some, place));
                up.setEnabled(place > 0);
                buttons.add(up, button("customers.edit", () -> edit(attribute)));
            }
            buttons.add(
                    button(attribute.archived() ? "attributes.delete" : "attributes.remove", () -> remove(attribute)));
        }
        return new ListItem(words, buttons);
    }

    private static String more(CustomerAttribute attribute) {
        String type = t("attributes.type." + attribute.type().name().toLowerCase(Locale.ROOT));
        String key = t("attributes.row", type, attribute.key());
        if (!attribute.type().hasChoices()) {
            return key;
        }
        List<AttributeChoice> offered = attribute.offered();
        String names =
                offered.stream().limit(SHOWN_CHOICES).map(AttributeChoice::name).collect(Collectors.joining(", "));
        return offered.size() > SHOWN_CHOICES
                ? t("attributes.row_choices_more", key, names, offered.size() - SHOWN_CHOICES)
                : t("attributes.row_choices", key, names);
    }

    private void move(List<CustomerAttribute> some, int place) {
        List<AttributeId> order =
                new ArrayList<>(some.stream().map(CustomerAttribute::id).toList());
        Collections.swap(order, place, place - 1);
        definitions.order(order);
    }

    private void remove(CustomerAttribute attribute) {
        if (definitions.isUnused(attribute.id())) {
            definitions.delete(attribute.id());
            Toasts.success(t("attributes.deleted", attribute.name()));
            return;
        }
        List<String> uses = definitions.usesOf(attribute.id());
        String why = uses.isEmpty()
                ? t("attributes.has_values", attribute.name())
                : t("attributes.used_by", attribute.name(), String.join(", ", uses));
        if (attribute.archived()) {
            Toasts.error(why);
        } else {
            definitions.archive(attribute.id());
            Toasts.success(t("attributes.archived_now", why));
        }
    }

    private void edit(@Nullable CustomerAttribute attribute) {
        new AttributeDialog(definitions, attribute, this::show).open();
    }

    private Button button(String key, Runnable deed) {
        Button button = new Button(t(key), e -> run(deed));
        button.addThemeVariants(ButtonVariant.TERTIARY);
        return button;
    }

    private Button icon(VaadinIcon icon, String key, CustomerAttribute attribute, Runnable deed) {
        Component picture = icon.create();
        Button button = new Button(picture, e -> run(deed));
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(t(key, attribute.name()));
        button.setTooltipText(t(key, attribute.name()));
        return button;
    }

    private void run(Runnable deed) {
        try {
            deed.run();
        } catch (InvalidAttribute e) {
            Toasts.error(e.getMessage());
        }
        show();
    }

    @Configuration(proxyBeanMethods = false)
    static class Part {

        @Bean
        SettingsPart attributesPart() {
            return new SettingsPart("attributes.title", PATH, Permission.SETTINGS_READ, SettingsGroup.CUSTOMERS, 40);
        }
    }
}
