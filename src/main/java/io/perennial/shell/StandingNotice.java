package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.accounts.Business;
import io.perennial.accounts.BusinessStanding;
import io.perennial.accounts.CurrentStaff;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Reader;

/** Above every page of a business that may not work: why, what still goes, and what an owner can do about it. */
class StandingNotice extends Div {

    StandingNotice(Business business, BusinessStanding standing) {
        addClassNames("standing-notice", "tone-attention");
        getElement().setAttribute("role", "status");
        if (standing.suspendedAt() != null) {
            add(new Span(t("shell.suspended", business.name(), String.valueOf(standing.suspendedReason()))));
        }
        if (standing.deleteAt() != null) {
            add(new Span(t(
                    "shell.leaving",
                    business.name(),
                    Formats.dateTime(standing.deleteAt(), Reader.zone(business.zone())))));
            boolean owner = CurrentStaff.find()
                    .filter(staff -> staff.current().staffRole().isOwner())
                    .isPresent();
            if (owner) {
                add(new Anchor("settings/ownership", t("shell.leaving_restore")));
            }
        }
    }
}
