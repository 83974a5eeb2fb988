package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;

/** The product's mark and name. */
final class Brand {

    private Brand() {}

    static Image mark() {
        Image mark = new Image("images/mark.svg", "");
        mark.addClassName("brand-mark");
        return mark;
    }

    static Div line() {
        Span name = new Span(t("shell.product"));
        name.addClassName("brand-name");
        Div line = new Div(mark(), name);
        line.addClassName("brand");
        return line;
    }
}
