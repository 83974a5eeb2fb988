package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.InvitationAnswers;
import io.perennial.accounts.InvitationOffer;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.StaffRuleException;
import io.perennial.accounts.StaffRuleException.Rule;
import io.perennial.accounts.signin.ProviderWish;
import io.perennial.accounts.signin.Providers;

/** Where the link of an invitation leads: who invites to what, and one button to accept. Opening it changes nothing. */
@Route(value = "invitation/:token", autoLayout = false)
@AnonymousAllowed
class InvitationView extends DoorPage implements BeforeEnterObserver, HasDynamicTitle {

    private final transient InvitationAnswers answers;
    private final transient Providers providers;
    private final TextField name = new TextField(t("accounts.person_name"));
    private final PasswordField password = new PasswordField(t("accounts.invitation.password"));
    private String token = "";

    InvitationView(InvitationAnswers answers, Providers providers) {
        this.answers = answers;
        this.providers = providers;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        token = event.getRouteParameters().get("token").orElse("");
        asItIsNow();
    }

    private void offer(InvitationOffer offer) {
        if (isOfAnother(offer)) {
            show(
                    title(offer),
                    t(
                            "accounts.invitation.other",
                            offer.email().value(),
                            CurrentStaff.find().map(StaffPrincipal::getUsername).orElse("")),
                    link("", t("accounts.invitation.to_console")));
        } else if (offer.known()) {
            Button join = primary(t("accounts.invitation.join", offer.business()), this::join);
            show(
                    title(offer),
                    lead(offer),
                    new Paragraph(t("accounts.invitation.known", offer.email().value())),
                    join,
                    ways());
        } else {
            show(title(offer), lead(offer), form(offer));
        }
    }

    /** Those who have an account at a provider need no password here. */
    private Component ways() {
        Nav ways = new Nav();
        ways.addClassName("door-ways");
        ways.setAriaLabel(t("accounts.invitation.ways"));
        providers
                .choices()
                .forEach(each -> ways.add(
                        new Button(t("accounts.invitation.by_provider", each.name()), e -> comeBy(each.id()))));
        ways.setVisible(!providers.choices().isEmpty());
        return ways;
    }

    /** The wish is kept on this side: the link's secret is in no other address. */
    private void comeBy(String provider) {
        ProviderWish.join(provider, token)
                .keepIn(VaadinServletRequest.getCurrent()
                        .getHttpServletRequest()
                        .getSession());
        UI.getCurrent().getPage().setLocation("sign-in/with/" + provider);
    }

    private Component[] form(InvitationOffer offer) {
        TextField email = new TextField(t("accounts.email"));
        email.setValue(offer.email().value());
        email.setReadOnly(true);
        email.getElement().setAttribute("autocomplete", "username");
        name.setMaxLength(120);
        name.setRequiredIndicatorVisible(true);
        name.getElement().setAttribute("autocomplete", "name");
        name.setAutofocus(true);
        password.setRequiredIndicatorVisible(true);
        password.setHelperText(t("accounts.new_password_hint"));
        password.getElement().setAttribute("autocomplete", "new-password");
        Button accept = primary(t("accounts.invitation.accept", offer.business()), this::accept);
        accept.addClickShortcut(Key.ENTER);
        return new Component[] {email, name, password, accept, ways()};
    }

    private void accept() {
        if (isSomebodyElse()) {
            asItIsNow();
            return;
        }
        name.setInvalid(false);
        password.setInvalid(false);
        try {
            welcome(answers.accept(token, name.getValue(), password.getValue()));
        } catch (StaffRuleException broken) {
            if (broken.rule() == Rule.PERSON_NAME) {
                name.setErrorMessage(t("accounts.person_name_missing"));
                name.setInvalid(true);
                name.focus();
            } else if (broken.rule() == Rule.INVITATION_OVER) {
                asItIsNow();
            } else {
                password.setErrorMessage(StaffList.words(broken));
                password.setInvalid(true);
                password.focus();
            }
        }
    }

    private void join() {
        if (isSomebodyElse()) {
            asItIsNow();
            return;
        }
        try {
            welcome(answers.join(token));
        } catch (StaffRuleException broken) {
            asItIsNow();
        }
    }

    /** Somebody may have signed in, in another tab, since this page was drawn. */
    private boolean isSomebodyElse() {
        return answers.find(token).filter(InvitationView::isOfAnother).isPresent();
    }

    private static boolean isOfAnother(InvitationOffer offer) {
        return CurrentStaff.find()
                .filter(me -> !me.getUsername().equals(offer.email().value()))
                .isPresent();
    }

    /** Over, or to be accepted with an account that the invited has by now. */
    private void asItIsNow() {
        answers.find(token).ifPresentOrElse(this::offer, this::over);
    }

    private void welcome(InvitationOffer offer) {
        boolean signedIn = CurrentStaff.find().isPresent();
        show(
                t("accounts.invitation.welcome", offer.business()),
                signedIn
                        ? t("accounts.invitation.welcome_in", offer.business())
                        : t("accounts.invitation.welcome_out", offer.email().value()),
                link(
                        signedIn ? "" : "login",
                        t(signedIn ? "accounts.invitation.to_console" : "accounts.invitation.sign_in")));
    }

    private void over() {
        show(
                t("accounts.invitation.over"),
                t("accounts.invitation.over_hint"),
                link("login", t("accounts.invitation.sign_in")));
    }

    private static String title(InvitationOffer offer) {
        return t("accounts.invitation.title", offer.business());
    }

    private static String lead(InvitationOffer offer) {
        return t("accounts.invitation.lead", offer.invitedBy(), offer.role().label());
    }

    private static Button primary(String text, Runnable deed) {
        Button button = new Button(text, e -> deed.run());
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    private static Anchor link(String href, String text) {
        Anchor anchor = new Anchor(href, text);
        anchor.setRouterIgnore(true);
        anchor.addClassNames("button-link", "primary");
        return anchor;
    }

    @Override
    public String getPageTitle() {
        return t("accounts.invitation.page");
    }
}
