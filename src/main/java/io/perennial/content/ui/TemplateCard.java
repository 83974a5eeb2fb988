package io.perennial.content.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import io.perennial.content.CompiledTemplate;
import io.perennial.uikit.Card;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template as a picture with its name and what can be done with it. */
class TemplateCard extends Card {

    TemplateCard(String name, Component picture, Component... details) {
        addClassName("template-card");
        H2 title = new H2(name);
        title.addClassName("template-card-title");
        Div words = new Div(title);
        words.addClassName("template-card-words");
        words.add(details);
        add(picture, words);
    }

    /** The rendered mail made small; an empty sheet where it does not render. */
    static Div picture(@Nullable CompiledTemplate template, Map<String, Object> model) {
        Div sheet = new Div();
        sheet.addClassName("template-picture");
        if (template != null) {
            try {
                sheet.add(MailFrame.thumbnail(template.render(model).html()));
            } catch (CompiledTemplate.RenderFailed e) {
                return sheet; // the editor says what is wrong
            }
        }
        return sheet;
    }
}
