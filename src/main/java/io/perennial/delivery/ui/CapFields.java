package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import io.perennial.delivery.ContactRules.Cap;
import org.jspecify.annotations.Nullable;

/** At most so many mails in so many days. */
class CapFields extends Div {

    private final Checkbox on = new Checkbox(t("delivery.limits.cap_on"));
    private final IntegerField mails = number("delivery.limits.cap_mails", 100);
    private final IntegerField days = number("delivery.limits.cap_days", 90);

    CapFields(@Nullable Cap cap) {
        addClassName("limit-group");
        on.setValue(cap != null);
        mails.setValue(cap == null ? 3 : cap.mails());
        days.setValue(cap == null ? 7 : cap.days());
        add(on, SendingLimitsForm.row(mails, days));
    }

    private static IntegerField number(String key, int most) {
        IntegerField field = new IntegerField(t(key));
        field.setMin(1);
        field.setMax(most);
        field.setStepButtonsVisible(true);
        String wrong = t("delivery.limits.between", most);
        field.setI18n(new IntegerField.IntegerFieldI18n()
                .setBadInputErrorMessage(wrong)
                .setMinErrorMessage(wrong)
                .setMaxErrorMessage(wrong));
        return field;
    }

    void arrange(boolean may, Runnable touched) {
        Runnable show = () -> {
            mails.setVisible(on.getValue());
            days.setVisible(on.getValue());
        };
        show.run();
        on.setReadOnly(!may);
        mails.setReadOnly(!may);
        days.setReadOnly(!may);
        on.addValueChangeListener(e -> {
            show.run();
            touched.run();
        });
        mails.addValueChangeListener(e -> touched.run());
        days.addValueChangeListener(e -> touched.run());
    }

    boolean isValid() {
        return !on.getValue()
                || (mails.getValue() != null && days.getValue() != null && !mails.isInvalid() && !days.isInvalid());
    }

    @Nullable
    Cap value() {
        return on.getValue() ? new Cap(mails.getValue(), days.getValue()) : null;
    }
}
