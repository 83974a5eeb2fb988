package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.RouterLink;
import io.perennial.customers.ImportJob;
import io.perennial.customers.RejectReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a job of the page goes, and what comes next once it is over. */
class ImportStage extends Div {

    private final transient ImportServices services;
    private final transient Function<ImportJob, List<Component>> afterCheck;
    private final Div progress = new Div();
    private final Div next = new Div();
    private final Div leftOut = new Div();

    /** @param afterCheck what comes next when a check is over */
    ImportStage(ImportServices services, Function<ImportJob, List<Component>> afterCheck) {
        this.services = services;
        this.afterCheck = afterCheck;
        addClassName("import-stage");
        next.addClassName("import-next");
        add(progress, next, leftOut);
    }

    /** @param why shows the rows left out for this reason alone */
    ImportJobCard follow(long job, Optional<RejectReason> why) {
        clear();
        ImportActions actions = actions(() -> follow(job, Optional.empty()).takeFocus());
        LeftOutRows rows = new LeftOutRows(services.rejects(), job, why);
        ImportJobCard card = new ImportJobCard(services, actions, rows, job, this::over);
        progress.add(card);
        leftOut.add(rows);
        lookHere();
        return card;
    }

    /** What can be done with imports of this page. */
    ImportActions actions(Runnable again) {
        return new ImportActions(services, again);
    }

    void refuse(String why) {
        Paragraph words = new Paragraph(why);
        words.addClassNames("import-problem", "tone-bad");
        words.getElement().setAttribute("role", "alert");
        progress.add(words);
        lookHere();
    }

    void clear() {
        progress.removeAll();
        next.removeAll();
        leftOut.removeAll();
    }

    /** What was asked for stands below a long form: nobody should have to look for it. */
    private void lookHere() {
        progress.getElement().executeJs("requestAnimationFrame(() => this.scrollIntoView({block: 'nearest'}))");
    }

    private void over(ImportJob job) {
        next.removeAll();
        if (job.dryRun()) {
            List<Component> then = afterCheck.apply(job);
            next.add(then);
            if (then.stream().anyMatch(Button.class::isInstance)) {
                // The card grew by what the check found: the button below it is what comes next.
                next.getElement().executeJs("setTimeout(() => this.scrollIntoView({block: 'end'}), 100)");
            }
        } else if (!job.state().canGoOn()) { // else its own buttons are what comes next
            Button another = new Button(
                    t("customers.import.another"),
                    e -> getUI().orElseThrow().getPage().setLocation("customers/import"));
            RouterLink see = new RouterLink(t("customers.import.see_customers"), CustomersView.class);
            see.addClassNames("button-link", "primary");
            next.add(see, another);
            if (ImportToList.isPossible(job, services.bulk())) {
                next.add(new ImportToList(services.bulk(), services.bulkUndo(), services.lists(), job));
            }
        }
    }
}
