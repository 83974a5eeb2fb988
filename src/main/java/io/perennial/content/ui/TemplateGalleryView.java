package io.perennial.content.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Permission;
import io.perennial.content.PreviewPeople;
import io.perennial.content.SavedTemplate;
import io.perennial.content.StarterTemplates;
import io.perennial.content.StarterTemplates.Starter;
import io.perennial.content.Templates;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;

/** Ready-made templates to begin with. */
@Route("templates/new")
@RolesAllowed(Permission.Names.CONTENT_WRITE)
class TemplateGalleryView extends Main implements HasDynamicTitle {

    private final Templates templates;

    TemplateGalleryView(Templates templates, PreviewPeople people) {
        this.templates = templates;
        addClassName("page");
        add(new PageHead(t("content.gallery"), t("content.gallery_lead")));
        Div cards = new Div();
        cards.addClassName("template-cards");
        Map<String, Object> model = people.model(people.first());
        for (Starter starter : StarterTemplates.all()) {
            cards.add(card(starter, model));
        }
        add(cards);
    }

    private TemplateCard card(Starter starter, Map<String, Object> model) {
        String name = t("content.starter." + starter.key() + ".name");
        Button use = new Button(t("content.use"), event -> begin(name, starter));
        use.setAriaLabel(t("content.use") + ": " + name);
        return new TemplateCard(
                name,
                TemplateCard.picture(templates.inspect(starter.text()).template(), model),
                new Paragraph(t("content.starter." + starter.key() + ".about")),
                use);
    }

    private void begin(String name, Starter starter) {
        SavedTemplate created = templates.create(name, starter.text());
        getUI().ifPresent(ui -> ui.navigate("templates/" + created.id()));
    }

    @Override
    public String getPageTitle() {
        return t("content.gallery");
    }
}
