package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.uikit.SubNav;
import java.util.ArrayList;
import java.util.List;

/** Links between the pages about customers as a whole. */
final class CustomersNav {

    private CustomersNav() {}

    static SubNav of(String current) {
        List<SubNav.Link> links = new ArrayList<>(List.of(
                new SubNav.Link(t("customers.title"), "customers"),
                new SubNav.Link(t("tags.title"), "customers/tags"),
                new SubNav.Link(t("privacy.suppressed.link"), "customers/suppressed"),
                new SubNav.Link(t("privacy.duplicates.link"), "customers/duplicates")));
        if (BulkBar.isOfUse()) {
            links.add(new SubNav.Link(t("bulk.history.title"), "customers/changes"));
        }
        if (CurrentStaff.may(Permission.CUSTOMER_ERASE)) {
            links.add(new SubNav.Link(t("customers.erased_title"), "customers/erased"));
        }
        return new SubNav(t("customers.title"), links, current);
    }
}
