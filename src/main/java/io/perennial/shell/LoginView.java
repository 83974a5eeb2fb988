package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.SignInHints;
import io.perennial.accounts.SignUpProperties;
import io.perennial.accounts.signin.Passkeys;
import io.perennial.accounts.signin.Providers;
import io.perennial.accounts.signin.Providers.Choice;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/** The sign-in page. The sample start lists its people below the form; a click signs in as one of them. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
@JavaScript("context://passkeys.js")
class LoginView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final LoginForm form = new LoginForm();
    private final Paragraph notice = new Paragraph();
    private final List<Choice> choices;

    LoginView(ObjectProvider<SignInHints> hints, SignUpProperties signUp, Passkeys passkeys, Providers providers) {
        addClassName("login-page");
        form.setI18n(words(t("shell.sign_in_failed"), t("shell.sign_in_failed_hint")));
        choices = providers.choices();
        form.setAction("login");
        form.addForgotPasswordListener(e -> getUI().ifPresent(ui -> ui.getPage().setLocation("sign-in/forgot")));
        notice.addClassName("login-notice");
        notice.getElement().setAttribute("role", "status");
        notice.setVisible(false);
        Div head = new Div(Brand.mark(), new H1(t("shell.product")), new Paragraph(t("shell.product_line")));
        head.addClassName("login-head");
        Div card = new Div(notice, form);
        card.addClassName("login-card");
        if (passkeys.arePossible()) {
            card.add(new PasskeySignIn());
        }
        if (!providers.choices().isEmpty()) {
            card.add(new ProviderLinks(providers.choices()));
        }
        Div column = new Div(head, card);
        column.addClassName("login-column");
        if (signUp.enabled()) {
            Anchor found = new Anchor("sign-up", t("shell.sign_up"));
            found.setRouterIgnore(true);
            Paragraph newcomers = new Paragraph(t("shell.sign_up.question") + " ");
            newcomers.add(found);
            newcomers.addClassName("login-newcomers");
            column.add(newcomers);
        }
        add(column);
        hints.ifAvailable(sample -> column.add(new SignInHintList(sample.hints(), form)));
    }

    private static LoginI18n words(String failedTitle, String failedHint) {
        LoginI18n words = LoginI18n.createDefault();
        words.getForm().setTitle(t("shell.sign_in"));
        words.getForm().setUsername(t("shell.email"));
        words.getForm().setPassword(t("shell.password"));
        words.getForm().setForgotPassword(t("shell.forgot"));
        words.getForm().setSubmit(t("shell.sign_in"));
        words.getErrorMessage().setTitle(failedTitle);
        words.getErrorMessage().setMessage(failedHint);
        words.getErrorMessage().setUsername(t("shell.email_missing"));
        words.getErrorMessage().setPassword(t("shell.password_missing"));
        return words;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (CurrentStaff.find().isPresent()) {
            event.forwardTo("");
            return;
        }
        QueryParameters query = event.getLocation().getQueryParameters();
        query.getSingleParameter("wait").ifPresent(seconds -> {
            form.setI18n(words(t("shell.sign_in_wait"), t("shell.sign_in_wait_hint", seconds(seconds))));
            form.setError(true);
        });
        if (query.getParameters().containsKey("unavailable")) {
            form.setI18n(words(t("shell.sign_in_unavailable"), t("shell.sign_in_unavailable_hint")));
            form.setError(true);
        }
        if (query.getParameters().containsKey("error")) {
            form.setError(true);
        }
        if (query.getParameters().containsKey("ended")) {
            notice.setText(t("shell.session_ended"));
            notice.setVisible(true);
        }
        if (query.getParameters().containsKey("address")) {
            notice.setText(t("shell.address_changed"));
            notice.setVisible(true);
        }
        if (query.getParameters().containsKey("connect")) {
            PendingConnection.of(VaadinServletRequest.getCurrent().getHttpServletRequest())
                    .ifPresent(this::connectFirst);
        }
        if (query.getParameters().containsKey(KeptForm.STALE)) {
            notice.setText(t("shell.stale_form"));
            notice.setVisible(true);
            KeptForm.take(VaadinServletRequest.getCurrent().getHttpServletRequest(), "/login")
                    .ifPresent(kept -> fill(kept.value("username")));
        }
        query.getSingleParameter("only").ifPresent(this::onlyBy);
        if (query.getParameters().containsKey("changed")) {
            notice.setText(t("shell.password_changed"));
            notice.setVisible(true);
        }
    }

    /** Into the browser's own field, where the password manager looks too. */
    private void fill(String email) {
        form.getElement()
                .executeJs(
                        "this.updateComplete.then(() => { const field = this.querySelector('#vaadinLoginUsername');"
                                + "if (field && !field.value) { field.value = $0; } })",
                        email);
    }

    private void onlyBy(String provider) {
        notice.setText(choices.stream()
                .filter(each -> each.id().equals(provider))
                .findFirst()
                .map(each -> t("shell.provider.only", each.name()))
                .orElseGet(() -> t("shell.provider.only_gone")));
        notice.setVisible(true);
    }

    private void connectFirst(PendingConnection pending) {
        notice.setText(
                t("shell.provider.connect_first", pending.vouch().person().provider(), pending.email()));
        notice.setVisible(true);
    }

    /** What stands in the address is anybody's text: only a number of seconds is shown. */
    private static long seconds(String text) {
        return text.matches("\\d{1,4}") ? Long.parseLong(text) : 60;
    }

    @Override
    public String getPageTitle() {
        return t("shell.sign_in") + " · " + t("shell.product");
    }
}
