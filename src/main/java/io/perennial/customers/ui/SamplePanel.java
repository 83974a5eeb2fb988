package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import io.perennial.customers.Customers;
import io.perennial.customers.SampleShops;
import io.perennial.customers.SampleState;
import io.perennial.customers.SampleState.Stage;
import io.perennial.uikit.Toasts;
import org.jspecify.annotations.Nullable;

/** Where a new business's customers come from; while sample data comes or goes it says how far that is. */
class SamplePanel extends Div {

    private static final int EVERY = 1_000;

    private final Customers customers;
    private final SampleShops samples;
    private final Runnable done;
    private @Nullable SampleState shown;
    private @Nullable Registration polling;

    SamplePanel(Customers customers, SampleShops samples, Runnable done) {
        this.customers = customers;
        this.samples = samples;
        this.done = done;
        addClassName("sample-panel");
        getElement().setAttribute("aria-live", "polite");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        shown = null;
        refresh();
    }

    @Override
    protected void onDetach(DetachEvent event) {
        stopPolling();
    }

    private void refresh() {
        SampleState now = samples.state();
        SampleState before = shown;
        if (now.equals(before)) {
            return;
        }
        shown = now;
        if (now.isUnderWay()) {
            startPolling();
        } else {
            stopPolling();
        }
        if (before != null && before.stage() == Stage.LOADING && now.stage() == Stage.LOADED) {
            done.run();
            return;
        }
        if (before != null && before.stage() == Stage.LEAVING && now.stage() == Stage.NONE) {
            Toasts.success(t(customers.any() ? "customers.sample.removed_but" : "customers.sample.removed"));
        }
        show(now);
    }

    private void show(SampleState now) {
        removeAll();
        switch (now.stage()) {
            case NONE -> {
                if (customers.any()) {
                    add(new Paragraph(t("customers.guide.own_there")), next());
                } else {
                    add(choices());
                }
            }
            case LOADING, LEAVING -> underWay(now);
            case LOADED -> add(new Paragraph(t("customers.sample.there")), actions(next(), remove()));
            case STOPPED ->
                add(
                        new Paragraph(t("customers.sample.stopped", now.message() == null ? "" : now.message())),
                        actions(remove()));
        }
    }

    private Div choices() {
        Anchor own = new Anchor("customers/import", t("customers.import_action"));
        own.addClassNames("button-link", "primary");
        Button load = new Button(t("customers.sample.load"), e -> {
            if (!samples.load()) {
                Toasts.error(t("customers.sample.not_now"));
            }
            refresh();
        });
        load.setDisableOnClick(true);
        Div choices = new Div(
                choice("customers.guide.own", "customers.guide.own_hint", own),
                choice("customers.guide.sample", "customers.guide.sample_hint", load));
        choices.addClassName("sample-choices");
        return choices;
    }

    private static Div choice(String title, String hint, com.vaadin.flow.component.Component action) {
        Div choice = new Div(new H3(t(title)), new Paragraph(t(hint)), action);
        choice.addClassName("sample-choice");
        return choice;
    }

    private void underWay(SampleState now) {
        boolean coming = now.stage() == Stage.LOADING;
        ProgressBar bar = new ProgressBar(0, 1, now.progress());
        bar.setIndeterminate(now.progress() == 0);
        String words = t(coming ? "customers.sample.loading" : "customers.sample.leaving");
        bar.getElement().setAttribute("aria-label", words);
        add(new Paragraph(words), bar);
    }

    private Button next() {
        Button next = new Button(t("customers.guide.next"), e -> done.run());
        next.addThemeVariants(ButtonVariant.PRIMARY);
        return next;
    }

    private Button remove() {
        Button remove = new Button(t("customers.sample.remove"), e -> {
            samples.remove();
            refresh();
        });
        remove.addThemeVariants(ButtonVariant.TERTIARY);
        remove.setDisableOnClick(true);
        return remove;
    }

    private static Div actions(Button... buttons) {
        Div actions = new Div(buttons);
        actions.addClassName("guide-actions");
        return actions;
    }

    private void startPolling() {
        if (polling == null) {
            getUI().ifPresent(ui -> {
                ui.setPollInterval(EVERY);
                polling = ui.addPollListener(e -> refresh());
            });
        }
    }

    private void stopPolling() {
        if (polling != null) {
            polling.remove();
            polling = null;
            getUI().ifPresent(ui -> ui.setPollInterval(-1));
        }
    }
}
