package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.Autocapitalize;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.promotions.CheckedVoucher;
import io.perennial.promotions.CheckedVoucher.Verdict;
import io.perennial.promotions.Redemptions;
import io.perennial.uikit.Formats;
import io.perennial.uikit.PageHead;
import io.perennial.uikit.Reader;
import io.perennial.uikit.Texts;
import io.perennial.uikit.Toasts;
import io.perennial.uikit.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The till: type or scan a code, see at once whether it is good, take it. Made for one hand and a hurry. */
@Route("promotions/redeem")
@RolesAllowed(Permission.Names.PROMOTION_REDEEM)
class RedeemView extends Main implements HasDynamicTitle {

    private final Redemptions redemptions;
    private final Business business;
    private final TextField code = new TextField(t("promotions.till.code"));
    private final Div answer = new Div();

    RedeemView(Redemptions redemptions, Businesses businesses) {
        this.redemptions = redemptions;
        this.business = businesses.current();
        addClassNames("page", "till");
        code.addClassName("till-code");
        code.setPlaceholder("AB12-CD34-X");
        code.setAutocapitalize(Autocapitalize.CHARACTERS);
        code.setAutocorrect(false);
        code.setAutofocus(true);
        code.setMaxLength(40);
        code.setClearButtonVisible(true);
        code.getElement().setAttribute("autocomplete", "off");
        code.addKeyPressListener(Key.ENTER, e -> check());
        Button check = new Button(t("promotions.till.check"), e -> check());
        check.addThemeVariants(ButtonVariant.PRIMARY);
        check.addClassName("till-button");
        Div ask = new Div(code, check);
        ask.addClassName("till-ask");
        answer.getElement().setAttribute("aria-live", "assertive");
        answer.addClassName("till-answer");
        add(new PageHead(t("promotions.till.title"), t("promotions.till.lead")), ask, answer);
    }

    private void check() {
        if (code.getValue().isBlank()) {
            code.focus();
            return;
        }
        show(redemptions.check(code.getValue()));
    }

    private void show(CheckedVoucher voucher) {
        answer.removeAll();
        Tone tone = switch (voucher.verdict()) {
            case VALID, REDEEMED -> Tone.GOOD;
            case MISTYPED, NOT_YET, USED -> Tone.ATTENTION;
            case UNKNOWN, EXPIRED, SPENT, CANCELLED -> Tone.BAD;
        };
        Icon icon = (tone == Tone.GOOD ? VaadinIcon.CHECK_CIRCLE : VaadinIcon.EXCLAMATION_CIRCLE).create();
        icon.getElement().setAttribute("aria-hidden", "true");
        H2 verdict = new H2(icon, new Span(t("promotions.till.verdict." + voucher.verdict())));
        Div card = new Div(verdict, new Paragraph(words(voucher)));
        card.addClassNames("card", "till-card", "tone-" + tone.name().toLowerCase(Locale.ROOT));
        answer.add(card);
        if (voucher.verdict() == Verdict.VALID) {
            offerRedemption(voucher, card);
        } else {
            code.getElement().executeJs("this.inputElement.select()");
            code.focus();
        }
        if (voucher.verdict() == Verdict.REDEEMED) {
            offerUndo(voucher, card);
        }
    }

    private String words(CheckedVoucher voucher) {
        return switch (voucher.verdict()) {
            case VALID ->
                t(
                        "promotions.till.words.VALID",
                        text(voucher.customer()),
                        text(voucher.promotion()),
                        Formats.date(voucher.validUntil()));
            case REDEEMED -> t("promotions.till.words.REDEEMED", text(voucher.offer()), text(voucher.customer()));
            case USED ->
                t(
                        "promotions.till.words.USED",
                        Formats.dateTime(voucher.redeemedAt(), Reader.zone(business.zone())),
                        text(voucher.redeemedBy()));
            case NOT_YET -> t("promotions.till.words.NOT_YET", Formats.date(voucher.validFrom()));
            case EXPIRED -> t("promotions.till.words.EXPIRED", Formats.date(voucher.validUntil()));
            case UNKNOWN -> t("promotions.till.words.UNKNOWN", business.name());
            case MISTYPED, SPENT, CANCELLED -> t("promotions.till.words." + voucher.verdict());
        };
    }

    private void offerRedemption(CheckedVoucher voucher, Div card) {
        Div offer = new Div(text(voucher.offer()));
        offer.addClassName("till-offer");
        BigDecimalField amount = new BigDecimalField(t("promotions.till.amount"));
        amount.setLocale(Texts.locale());
        amount.setSuffixComponent(new Span(business.currency().getCurrencyCode()));
        amount.setHelperText(t("promotions.till.amount_help"));
        amount.addClassName("till-amount");
        Button redeem = new Button(t("promotions.till.redeem"));
        redeem.addThemeVariants(ButtonVariant.PRIMARY);
        redeem.addClassName("till-button");
        redeem.setDisableOnClick(true);
        Runnable deed = () -> {
            try {
                show(redemptions.redeem(text(voucher.code()), amount.getValue()));
            } catch (IllegalArgumentException e) {
                amount.setErrorMessage(String.valueOf(e.getMessage()));
                amount.setInvalid(true);
                redeem.setEnabled(true);
            }
        };
        redeem.addClickListener(e -> deed.run());
        amount.addKeyPressListener(Key.ENTER, e -> deed.run());
        card.add(offer, amount, redeem);
        // A second Enter redeems; whoever types an amount first goes there by Tab.
        redeem.focus();
    }

    private void offerUndo(CheckedVoucher voucher, Div card) {
        Long id = voucher.voucher();
        if (id == null || !CurrentStaff.may(Permission.PROMOTION_WRITE)) {
            return;
        }
        card.add(new Button(t("promotions.till.undo"), e -> {
            if (redemptions.undo(id)) {
                Toasts.success(t("promotions.till.undone"));
                check();
            } else {
                Toasts.error(t("promotions.till.not_undone"));
            }
        }));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    @Override
    public String getPageTitle() {
        return t("promotions.till.title");
    }
}
