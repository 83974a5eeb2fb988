package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** The sign-in page. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class LoginView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final LoginForm form = new LoginForm();

    LoginView() {
        addClassName("login-page");
        LoginI18n words = LoginI18n.createDefault();
        words.getForm().setTitle(t("shell.sign_in"));
        words.getForm().setUsername(t("shell.email"));
        words.getForm().setSubmit(t("shell.sign_in"));
        words.getErrorMessage().setTitle(t("shell.sign_in_failed"));
        words.getErrorMessage().setMessage(t("shell.sign_in_failed_hint"));
        form.setI18n(words);
        form.setAction("login");
        form.setForgotPasswordButtonVisible(false);
        Div words2 = new Div(new H1(t("shell.product")), new Paragraph(t("shell.product_line")));
        words2.addClassName("login-words");
        add(words2, form);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        form.setError(event.getLocation().getQueryParameters().getParameters().containsKey("error"));
    }

    @Override
    public String getPageTitle() {
        return t("shell.sign_in") + " · " + t("shell.product");
    }
}
