package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** The way back into the guide of a new business that somebody left halfway. */
class GuideNotice extends Div {

    GuideNotice(String business) {
        addClassNames("card", "guide-notice");
        Div words = new Div(new H2(t("shell.guide", business)), new Paragraph(t("shell.guide_hint")));
        words.addClassName("step-words");
        Anchor on = new Anchor("welcome", t("shell.guide_go_on"));
        on.addClassNames("button-link", "primary");
        add(words, on);
    }
}
