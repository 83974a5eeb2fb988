package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import io.perennial.campaigns.CampaignContent;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What they get. */
class ContentSection extends EditorSection {

    private final ComboBox<TemplateRef> template = new ComboBox<>(t("campaigns.template"));
    private final Anchor edit = new Anchor("", t("campaigns.edit_template"));

    ContentSection(CampaignServices services, CampaignContent content, Runnable changed) {
        super(t("campaigns.section.what"), t("campaigns.section.what_closed"));
        List<TemplateRef> templates = services.templates().list();
        template.setItems(templates);
        template.setItemLabelGenerator(
                each -> each.sendable() ? each.name() : t("campaigns.template_not_sendable", each.name()));
        template.setPlaceholder(t("campaigns.template_placeholder"));
        template.setHelperText(t("campaigns.template_help"));
        template.addClassName("campaign-wide");
        templates.stream()
                .filter(each -> each.id().equals(content.template()))
                .findFirst()
                .ifPresent(template::setValue);
        template.addValueChangeListener(e -> {
            link();
            changed.run();
        });
        Div links = new Div(edit, new Anchor("templates/new", t("campaigns.new_template")));
        links.addClassName("campaign-links");
        addFields(template, links);
        link();
    }

    private void link() {
        TemplateRef chosen = template.getValue();
        edit.setVisible(chosen != null);
        if (chosen != null) {
            edit.setHref("templates/" + chosen.id());
        }
    }

    @Nullable
    TemplateId template() {
        TemplateRef chosen = template.getValue();
        return chosen == null ? null : chosen.id();
    }

    Focusable<?> first() {
        return template;
    }
}
