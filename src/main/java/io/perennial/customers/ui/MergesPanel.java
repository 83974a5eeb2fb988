package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.CustomerMerge;
import io.perennial.customers.CustomerMerges;
import io.perennial.customers.MergeFields;
import io.perennial.customers.MergeRefused;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Who was merged into this customer, and taking that back. */
class MergesPanel extends Div {

    MergesPanel(CustomerMerges merges, List<CustomerMerge> done, ZoneId zone, Runnable changed) {
        addClassName("consent-panel");
        for (CustomerMerge merge : done) {
            Div line = new Div(t(
                    merge.undoneAt() == null ? "privacy.merge.line" : "privacy.merge.line_undone",
                    merge.mergedName() == null ? t("privacy.merge.somebody") : merge.mergedName(),
                    Formats.dateTime(merge.at(), zone),
                    merge.by()));
            line.addClassName("consent-evidence");
            add(line);
            if (merge.canBeUndone() && CurrentStaff.may(Permission.CUSTOMER_WRITE)) {
                Button undo = new Button(t("privacy.merge.take_back"), e -> {
                    try {
                        tell(merges.undo(merge.id()));
                    } catch (MergeRefused refused) {
                        Toasts.error(String.valueOf(refused.getMessage()));
                    }
                    changed.run();
                });
                undo.addThemeVariants(ButtonVariant.TERTIARY);
                add(undo);
            }
        }
    }

    private static void tell(CustomerMerges.Undone undone) {
        if (undone.isWhole()) {
            Toasts.success(t("privacy.merge.undone"));
            return;
        }
        List<String> stays = new ArrayList<>();
        for (String one : undone.kept()) {
            stays.add(MergeFields.ALL.contains(one) ? t("customers.field." + one) : one);
        }
        if (undone.tables().contains("consent")) {
            stays.add(t("customers.consent_title"));
        }
        if (undone.tables().stream().anyMatch(table -> !table.equals("consent"))) {
            stays.add(t("privacy.merge.history"));
        }
        // Longer to read, and to be known.
        Toasts.error(t("privacy.merge.undone_but", String.join(", ", stays), stays.size(), undone.newOrders()));
    }
}
