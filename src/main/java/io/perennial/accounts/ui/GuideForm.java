package io.perennial.accounts.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.data.binder.Binder;
import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.StaffRuleException;
import io.perennial.uikit.NamesChanged;
import io.perennial.uikit.Toasts;

/** Some fields of the business's settings as a step of the guide: what is typed is saved with one button. */
class GuideForm extends Div {

    private final Businesses businesses;
    private final Runnable done;
    final Binder<BusinessDraft> binder = new Binder<>();
    final BusinessDraft draft;

    GuideForm(Businesses businesses, Runnable done) {
        this.businesses = businesses;
        this.done = done;
        this.draft = new BusinessDraft(businesses.current());
        addClassName("guide-form");
    }

    /** After all fields are bound. */
    GuideForm of(Component... fields) {
        FormLayout form = new FormLayout(fields);
        form.setAutoResponsive(true);
        form.setAutoRows(true);
        form.setExpandFields(true);
        form.setExpandColumns(true);
        form.setMaxColumns(2);
        form.setColumnWidth("16em");
        binder.setBean(draft);
        Button save = new Button(t("accounts.guide.save"), e -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        Div actions = new Div(save);
        actions.addClassName("guide-actions");
        add(form, actions);
        return this;
    }

    /** Into the settings as they are now: another tab may have saved other fields meanwhile. */
    private void save() {
        if (binder.validate().isOk()) {
            Business typed = draft.toBusiness();
            try {
                businesses.update(merged(businesses.current(), typed));
                NamesChanged.tell(UI.getCurrent());
                done.run();
            } catch (StaffRuleException broken) { // orders came in meanwhile
                Toasts.error(StaffList.words(broken));
            }
        }
    }

    /** Each step takes over what it asks for; by default nothing. */
    Business merged(Business now, Business typed) {
        return now;
    }
}
