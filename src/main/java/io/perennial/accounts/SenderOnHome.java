package io.perennial.accounts;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.FirstStep;
import io.perennial.uikit.HomeContribution;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who a new business's mails come from: without it no campaign starts. */
@Component
class SenderOnHome implements HomeContribution {

    private final Businesses businesses;

    SenderOnHome(Businesses businesses) {
        this.businesses = businesses;
    }

    /** Before campaigns, which need it. */
    @Override
    public int order() {
        return 28;
    }

    @Override
    public List<FirstStep> firstSteps() {
        if (!CurrentStaff.may(Permission.SETTINGS_WRITE)) {
            return List.of();
        }
        Business business = businesses.current();
        return List.of(new FirstStep(
                t("accounts.home.first"),
                t("accounts.home.first_why"),
                given(business.postalAddress()) && given(business.senderEmail()),
                t("accounts.home.first_action"),
                "settings"));
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
