package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.timepicker.TimePicker;
import io.perennial.delivery.QuietHours;
import io.perennial.uikit.Texts;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The hours in which nobody is written to. */
class QuietFields extends Div {

    private final Checkbox on = new Checkbox(t("delivery.limits.quiet_on"));
    private final TimePicker from = picker("delivery.limits.quiet_from");
    private final TimePicker until = picker("delivery.limits.quiet_until");
    private final RadioButtonGroup<Boolean> clock = new RadioButtonGroup<>(t("delivery.limits.quiet_clock"));

    QuietFields(@Nullable QuietHours quiet, ZoneId zone) {
        addClassName("limit-group");
        on.setValue(quiet != null);
        from.setValue(quiet == null ? LocalTime.of(21, 0) : quiet.from());
        until.setValue(quiet == null ? LocalTime.of(8, 0) : quiet.until());
        clock.setItems(true, false);
        clock.setItemLabelGenerator(customers ->
                customers ? t("delivery.limits.quiet_customer") : t("delivery.limits.quiet_business", zone.getId()));
        clock.setValue(quiet == null || quiet.ofCustomer());
        add(on, SendingLimitsForm.row(from, until), clock);
    }

    private static TimePicker picker(String key) {
        TimePicker picker = new TimePicker(t(key));
        picker.setStep(Duration.ofMinutes(30));
        picker.setLocale(Texts.locale());
        return picker;
    }

    void arrange(boolean may, Runnable touched) {
        Runnable show = () -> {
            from.setVisible(on.getValue());
            until.setVisible(on.getValue());
            clock.setVisible(on.getValue());
        };
        show.run();
        on.setReadOnly(!may);
        from.setReadOnly(!may);
        until.setReadOnly(!may);
        clock.setReadOnly(!may);
        on.addValueChangeListener(e -> {
            show.run();
            touched.run();
        });
        from.addValueChangeListener(e -> touched.run());
        until.addValueChangeListener(e -> touched.run());
        clock.addValueChangeListener(e -> touched.run());
    }

    /** Marks what is wrong. */
    boolean isValid() {
        boolean same =
                on.getValue() && from.getValue() != null && from.getValue().equals(until.getValue());
        boolean missing = on.getValue() && (from.getValue() == null || until.getValue() == null);
        until.setErrorMessage(t(same ? "delivery.limits.quiet_same" : "delivery.limits.quiet_missing"));
        until.setInvalid(same || missing);
        return !same && !missing;
    }

    @Nullable
    QuietHours value() {
        return on.getValue() ? new QuietHours(from.getValue(), until.getValue(), clock.getValue()) : null;
    }
}
