package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;

/** What a page says when it cannot be shown: what happened, what to do, the way home. */
abstract class ErrorPage extends Main implements HasDynamicTitle {

    private String title = "";

    void show(String icon, String newTitle, String explanation) {
        removeAll();
        title = newTitle;
        addClassNames("page", "error-page");
        Anchor home = new Anchor("", t("shell.to_home"));
        home.addClassName("button-link");
        Div box = new Div(Icons.of(icon), new H1(newTitle), new Paragraph(explanation), home);
        box.addClassName("empty-state");
        add(box);
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
