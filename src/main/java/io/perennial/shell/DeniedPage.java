package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.perennial.accounts.CurrentStaff;
import jakarta.servlet.http.HttpServletResponse;

/** The page exists, but not for this person's role: says so and whom to ask. */
@ParentLayout(MainLayout.class)
@AnonymousAllowed
class DeniedPage extends ErrorPage implements HasErrorParameter<AccessDeniedException> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<AccessDeniedException> parameter) {
        String explanation = CurrentStaff.find()
                .map(staff -> t(
                        // An owner has nobody in the business to ask.
                        staff.current().staffRole().isOwner() ? "shell.denied_owner" : "shell.denied_hint",
                        staff.current().businessName(),
                        staff.current().staffRole().label()))
                .orElseGet(() -> t("shell.not_found_hint"));
        show("locked", t("shell.denied"), explanation);
        return HttpServletResponse.SC_FORBIDDEN;
    }
}
