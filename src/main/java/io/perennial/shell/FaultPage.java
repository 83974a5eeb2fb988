package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;

/** A page failed while opening. A service's refusal in it is a matter of permission, all else is our fault. */
@ParentLayout(MainLayout.class)
@AnonymousAllowed
class FaultPage extends ErrorPage implements HasErrorParameter<Exception> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        if (UnexpectedErrors.isDenied(parameter.getException())) {
            show("locked", t("shell.denied"), t("shell.denied_deed"));
            return HttpServletResponse.SC_FORBIDDEN;
        }
        if (UnexpectedErrors.isDatabaseAway(parameter.getException())) {
            show("broken", t("shell.away"), t("shell.away_hint"));
            return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        show("broken", t("shell.error"), t("shell.error_hint", UnexpectedErrors.logged(parameter.getException())));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
