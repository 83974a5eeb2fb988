package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.uikit.Formats;
import io.perennial.uikit.HomeContribution;
import io.perennial.uikit.HomeTask;
import io.perennial.uikit.Tone;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Announces what a new rule is going to remove, until it does. */
@Component
class RetentionOnHome implements HomeContribution {

    private final Retention retention;
    private final Businesses businesses;

    RetentionOnHome(Retention retention, Businesses businesses) {
        this.retention = retention;
        this.businesses = businesses;
    }

    @Override
    public int order() {
        return 95;
    }

    @Override
    public List<HomeTask> tasks() {
        if (!CurrentStaff.may(Permission.SETTINGS_READ)) {
            return List.of();
        }
        LocalDate today = LocalDate.now(businesses.current().zone());
        return retention.read().stream()
                .filter(rule -> rule.beginsOn().isAfter(today))
                .map(rule -> new HomeTask(
                        t(
                                "privacy.retention.home",
                                Formats.date(rule.beginsOn()),
                                t("privacy.retention." + rule.kind().name().toLowerCase(Locale.ROOT)),
                                rule.months()),
                        1,
                        Tone.ATTENTION,
                        t("privacy.retention.home_action"),
                        "settings/retention"))
                .toList();
    }
}
