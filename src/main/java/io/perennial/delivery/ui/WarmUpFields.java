package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.dom.Element;
import io.perennial.delivery.pace.WarmUp;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Texts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The plan for a new sending domain, with the table of its days. */
class WarmUpFields extends Div {

    private static final List<BigDecimal> FACTORS =
            List.of(new BigDecimal("1.20"), new BigDecimal("1.50"), new BigDecimal("2.00"), new BigDecimal("3.00"));
    private static final int DAYS_SHOWN = 60;

    private final LocalDate today;
    private final Checkbox on = new Checkbox(t("delivery.limits.warm_on"));
    private final DatePicker from = new DatePicker(t("delivery.limits.warm_from"));
    private final IntegerField first = number("delivery.limits.warm_first");
    private final Select<BigDecimal> growth = new Select<>();
    private final IntegerField until = number("delivery.limits.warm_until");
    private final Div fields = SendingLimitsForm.row(from, first, growth, until);
    private final Div days = new Div();

    WarmUpFields(@Nullable WarmUp plan, ZoneId zone) {
        addClassName("limit-group");
        today = LocalDate.now(zone);
        on.setValue(plan != null);
        from.setLocale(Texts.locale());
        from.setValue(plan == null ? today : plan.from());
        first.setValue(plan == null ? 50 : plan.first());
        growth.setLabel(t("delivery.limits.warm_growth"));
        List<BigDecimal> factors = new ArrayList<>(FACTORS);
        if (plan != null && factors.stream().noneMatch(f -> f.compareTo(plan.growth()) == 0)) {
            factors.add(plan.growth());
        }
        growth.setItems(factors);
        growth.setItemLabelGenerator(
                factor -> factor == null ? "" : t("delivery.limits.warm_factor", Formats.decimal(factor, 1)));
        growth.setValue(factors.stream()
                .filter(f -> f.compareTo(plan == null ? new BigDecimal("1.50") : plan.growth()) == 0)
                .findFirst()
                .orElseThrow());
        until.setValue(plan == null ? 10_000 : plan.until());
        days.getElement().setAttribute("aria-live", "polite");
        add(on, fields, days);
    }

    private static IntegerField number(String key) {
        IntegerField field = new IntegerField(t(key));
        field.setMin(1);
        field.setMax(100_000_000);
        field.setI18n(new IntegerField.IntegerFieldI18n()
                .setBadInputErrorMessage(t("delivery.limits.number"))
                .setMinErrorMessage(t("delivery.limits.number")));
        return field;
    }

    void arrange(boolean may, Runnable touched) {
        show();
        on.setReadOnly(!may);
        from.setReadOnly(!may);
        first.setReadOnly(!may);
        growth.setReadOnly(!may);
        until.setReadOnly(!may);
        Runnable both = () -> {
            show();
            touched.run();
        };
        on.addValueChangeListener(e -> both.run());
        from.addValueChangeListener(e -> both.run());
        first.addValueChangeListener(e -> both.run());
        growth.addValueChangeListener(e -> both.run());
        until.addValueChangeListener(e -> both.run());
    }

    private void show() {
        fields.setVisible(on.getValue());
        days.removeAll();
        if (!on.getValue()) {
            return;
        }
        WarmUp plan = plan();
        if (plan == null) {
            days.add(new Paragraph(t("delivery.limits.warm_invalid")));
            return;
        }
        days.add(new Paragraph(t(
                "delivery.limits.warm_over",
                plan.length(),
                Formats.date(plan.from().plusDays(plan.length())))));
        days.add(table(plan));
    }

    private Div table(WarmUp plan) {
        Element table = new Element("table");
        table.appendChild(new Element("caption").setText(t("delivery.limits.group_warm_up")));
        Element head = new Element("tr");
        for (String key : List.of("warm_day", "warm_mails", "warm_sum")) {
            head.appendChild(new Element("th").setAttribute("scope", "col").setText(t("delivery.limits." + key)));
        }
        table.appendChild(new Element("thead").appendChild(head));
        Element body = new Element("tbody");
        long sum = 0;
        LocalDate day = plan.from();
        for (int i = 0; i < DAYS_SHOWN; i++) {
            OptionalInt ceiling = plan.ceilingOn(day);
            if (ceiling.isEmpty()) {
                break;
            }
            sum += ceiling.getAsInt();
            String name = day.equals(today) ? t("delivery.limits.warm_today", Formats.date(day)) : Formats.date(day);
            body.appendChild(new Element("tr")
                    .appendChild(new Element("th").setAttribute("scope", "row").setText(name))
                    .appendChild(new Element("td").setText(Formats.number(ceiling.getAsInt())))
                    .appendChild(new Element("td").setText(Formats.number(sum))));
            day = day.plusDays(1);
        }
        table.appendChild(body);
        Div box = new Div();
        box.addClassNames("data-table", "warm-up-days");
        box.getElement().appendChild(table);
        // What scrolls must be reachable by keyboard.
        box.getElement().setAttribute("tabindex", "0").setAttribute("role", "region");
        box.getElement().setAttribute("aria-label", t("delivery.limits.group_warm_up"));
        return box;
    }

    private @Nullable WarmUp plan() {
        if (from.getValue() == null || first.getValue() == null || until.getValue() == null) {
            return null;
        }
        try {
            return new WarmUp(from.getValue(), first.getValue(), growth.getValue(), until.getValue());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean isValid() {
        return !on.getValue() || plan() != null;
    }

    @Nullable
    WarmUp value() {
        return on.getValue() ? plan() : null;
    }
}
