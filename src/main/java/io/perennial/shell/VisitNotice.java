package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.perennial.accounts.Business;
import io.perennial.accounts.ConsoleDoor;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.OperatorVisits.Standing;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;

/** Above every page while an operator is inside a business: that it is so, why, until when, and the way out. */
class VisitNotice extends Div {

    private final transient OperatorVisits visits;
    private final transient Business business;
    private final Span words = new Span();
    private final Button prolong = new Button(t("shell.visit_prolong", OperatorVisits.MINUTES), e -> prolong());

    VisitNotice(OperatorVisits visits, ConsoleDoor door, Business business, Standing standing) {
        this.visits = visits;
        this.business = business;
        addClassNames("standing-notice", "visit-notice", "tone-bad");
        getElement().setAttribute("role", "status");
        Button leave = new Button(t("shell.visit_leave"), e -> leave(door));
        leave.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.PRIMARY);
        prolong.addThemeVariants(ButtonVariant.SMALL);
        Div levers = new Div(prolong, leave);
        levers.addClassName("visit-levers");
        add(words, levers);
        show(standing);
    }

    private void show(Standing standing) {
        words.setText(t(
                standing.mayWrite() ? "shell.visit_write" : "shell.visit_read",
                business.name(),
                Formats.time(standing.endsAt(), business.zone()),
                standing.reason()));
        prolong.setVisible(standing.canGoOn());
    }

    private void prolong() {
        visits.prolong();
        visits.current().ifPresent(this::show);
        Toasts.success(t("shell.visit_prolonged"));
    }

    private void leave(ConsoleDoor door) {
        visits.leave()
                .ifPresentOrElse(
                        home -> door.reopen(home, "operator/businesses"),
                        () -> getUI().ifPresent(ui -> ui.getPage().reload()));
    }
}
