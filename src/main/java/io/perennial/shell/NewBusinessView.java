package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Foundings;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.SignInThrottle;
import io.perennial.uikit.PageHead;
import jakarta.annotation.security.PermitAll;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;

/** One more business for somebody who has an account: its name, and off into its guide. */
@Route("businesses/new")
@PermitAll
class NewBusinessView extends Main implements HasDynamicTitle {

    private final Foundings foundings;
    private final BusinessSwitch businesses;
    private final SignInThrottle throttle;
    private final TextField name = new TextField(t("shell.another.name"));
    private final Checkbox terms = new Checkbox();
    private final Paragraph problem = new Paragraph();
    private final Button found = new Button(t("shell.another.button"), e -> found());

    NewBusinessView(Foundings foundings, BusinessSwitch businesses, SignInThrottle throttle) {
        this.foundings = foundings;
        this.businesses = businesses;
        this.throttle = throttle;
        addClassNames("page", "settings");
        if (!foundings.settings().enabled()) {
            add(new PageHead(t("shell.sign_up.closed"), t("shell.sign_up.closed_text")), away("shell.home"));
            return;
        }
        name.setMaxLength(120);
        name.setRequiredIndicatorVisible(true);
        name.setAutofocus(true);
        problem.addClassNames("form-problem", "tone-bad");
        problem.getElement().setAttribute("role", "alert");
        problem.setVisible(false);
        found.addThemeVariants(ButtonVariant.PRIMARY);
        found.addClickShortcut(Key.ENTER);
        found.setDisableOnClick(true);
        Div actions = new Div(found, away("shell.another.cancel"));
        actions.addClassName("form-row");
        Div form = new Div(name);
        URI termsUrl = foundings.settings().termsUrl();
        if (termsUrl != null) {
            form.add(agreement(termsUrl));
        }
        form.add(problem, actions);
        form.addClassName("settings-fields");
        add(new PageHead(t("shell.another.title"), t("shell.another.lead")), form);
    }

    private Div agreement(URI url) {
        Anchor link = new Anchor(url.toString(), t("shell.found.terms_link"), AnchorTarget.BLANK);
        link.getElement().setAttribute("rel", "noopener noreferrer");
        terms.setLabel(t("shell.found.terms"));
        Div row = new Div(terms, new Span(link));
        row.addClassName("form-row");
        return row;
    }

    private void found() {
        name.setInvalid(false);
        problem.setVisible(false);
        boolean gone = false;
        StaffPrincipal founder = CurrentStaff.find().orElseThrow();
        VaadinRequest request = VaadinRequest.getCurrent();
        try {
            if (!name.getValue().isBlank()) {
                Duration wait = throttle.beginOther("found", founder.getUsername(), request.getRemoteAddr());
                if (wait.isPositive()) {
                    say(t("shell.another.wait", Math.max(1, wait.toSeconds())));
                    return;
                }
            }
            var founded =
                    foundings.foundAnother(name.getValue(), terms.getValue(), Collections.list(request.getLocales()));
            gone = businesses.to(founded.tenant(), "welcome");
        } catch (StaffRuleException broken) {
            String words = t("accounts.rule_" + broken.rule().name().toLowerCase(Locale.ROOT));
            if (broken.rule() == Rule.BUSINESS_NAME) {
                name.setErrorMessage(words);
                name.setInvalid(true);
                name.focus();
            } else {
                say(words);
            }
        } finally {
            found.setEnabled(!gone);
        }
    }

    private void say(String words) {
        problem.setText(words);
        problem.setVisible(true);
    }

    private static Anchor away(String key) {
        Anchor link = new Anchor("", t(key));
        link.addClassName("button-link");
        return link;
    }

    @Override
    public String getPageTitle() {
        return t("shell.another.title");
    }
}
