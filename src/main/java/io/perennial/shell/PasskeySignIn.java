package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/**
 * Signing in by a passkey, without a typed address. Hidden until {@code passkeys.js} finds that the browser knows them; the
 * script does all the rest, as on the plain pages.
 */
class PasskeySignIn extends Div {

    private static final String PROBLEM = "passkey-problem";

    PasskeySignIn() {
        addClassName("login-passkey");
        getElement().setAttribute("data-passkey-place", true);
        getElement().setAttribute("hidden", true);
        Paragraph or = new Paragraph(new Span(t("shell.or")));
        or.addClassName("login-or");
        Paragraph problem = new Paragraph();
        problem.setId(PROBLEM);
        problem.addClassName("login-problem");
        problem.getElement().setAttribute("role", "alert").setAttribute("hidden", true);
        NativeButton use = new NativeButton(t("shell.passkey.use"));
        use.getElement().setAttribute("type", "button");
        use.getElement().setAttribute("data-passkey", "alone").setAttribute("aria-describedby", PROBLEM);
        for (String reason : List.of("cancelled", "timeout", "elsewhere", "unable", "failed")) {
            use.getElement().setAttribute("data-" + reason, t("shell.passkey." + reason));
        }
        use.getElement().insertChild(0, Icons.of("passkey").getElement());
        add(or, problem, use);
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        getElement().executeJs("window.perennialPasskeys?.signIn()");
    }
}
