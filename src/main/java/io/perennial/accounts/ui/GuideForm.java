package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.data.binder.Binder;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Guide;
import io.perennial.accounts.GuideAddition;
import io.perennial.accounts.StaffRuleException;
import io.perennial.uikit.NamesChanged;
import io.perennial.uikit.Toasts;
import java.util.List;

/** Some fields of the business's settings as a step of the guide: what is typed is saved with one button. */
class GuideForm extends Div {

    private final GuideStep step;
    private final Businesses businesses;
    private final Guide guide;
    private final List<GuideAddition.Fields> additions;
    private final Runnable done;
    final Binder<BusinessDraft> binder = new Binder<>();
    final BusinessDraft draft;

    GuideForm(GuideStep step, Businesses businesses, Guide guide, List<GuideAddition.Fields> additions, Runnable done) {
        this.guide = guide;
        this.step = step;
        this.businesses = businesses;
        this.additions = additions;
        this.done = done;
        this.draft = new BusinessDraft(businesses.current());
        addClassName("guide-form");
        FormLayout form = new FormLayout(step.fields(binder, draft).toArray(Component[]::new));
        form.setAutoResponsive(true);
        form.setAutoRows(true);
        form.setExpandFields(true);
        form.setExpandColumns(true);
        form.setMaxColumns(2);
        form.setColumnWidth("16em");
        binder.setBean(draft);
        add(form);
        additions.forEach(addition -> add(addition.component()));
        Button save = new Button(t("accounts.guide.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        Div actions = new Div(save);
        actions.addClassName("guide-actions");
        add(actions);
    }

    /** Into the settings as they are now. */
    private void save() {
        boolean right = binder.validate().isOk();
        for (GuideAddition.Fields addition : additions) {
            right &= addition.isValid();
        }
        if (!right) {
            return;
        }
        try {
            guide.together(() -> {
                BusinessDraft now = new BusinessDraft(businesses.current());
                step.take(draft, now);
                businesses.update(now.toBusiness());
                additions.forEach(GuideAddition.Fields::save);
            });
            NamesChanged.tell(UI.getCurrent());
            done.run();
        } catch (StaffRuleException broken) { // orders came in meanwhile
            Toasts.error(StaffList.words(broken));
        }
    }
}
