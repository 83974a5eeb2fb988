package io.perennial.promotions.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateRef;
import io.perennial.uikit.DateWords;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One mail of a promotion: which, and when. */
class MailFields extends Div {

    private final Select<TemplateRef> template = new Select<>();
    private final DateTimePicker when = new DateTimePicker();
    private final Anchor open = new Anchor("", t("promotions.field.open_mail"));
    private List<TemplateRef> known;

    /**
     * @param key of its texts: {@code promotions.field.<key>_with} and so on
     * @param readyMade makes the ready-made mail for this and names it
     */
    MailFields(
            String key, boolean optional, List<TemplateRef> known, Supplier<TemplateRef> readyMade, Runnable changed) {
        this.known = known;
        addClassName("promotion-fields");
        template.setLabel(t("promotions.field." + key + "_with"));
        template.setItems(known);
        template.setItemLabelGenerator(ref -> ref == null
                ? t("promotions.field.no_mail")
                : ref.sendable() ? ref.name() : t("promotions.field.not_sendable", ref.name()));
        template.setEmptySelectionAllowed(optional);
        template.setEmptySelectionCaption(t("promotions.field.no_mail"));
        when.setLabel(t("promotions.field." + key + "_at"));
        // Said after the label: "Announcement goes out, date".
        when.setDateAriaLabel(t("promotions.field.date"));
        when.setTimeAriaLabel(t("promotions.field.clock"));
        when.setStep(Duration.ofMinutes(15));
        DateWords.prepare(when);
        open.setTarget(AnchorTarget.BLANK); // what is filled in here stays
        open.addClassName("promotion-open-mail");
        Button make = new Button(t("promotions.field.ready_made"), e -> offer(readyMade.get()));
        make.addThemeVariants(ButtonVariant.TERTIARY);
        open.setVisible(false);
        template.addValueChangeListener(e -> {
            TemplateRef chosen = e.getValue();
            make.setVisible(chosen == null);
            open.setVisible(chosen != null);
            open.setHref(chosen == null ? "" : "templates/" + chosen.id());
            when.setVisible(!optional || chosen != null);
            changed.run();
        });
        when.addValueChangeListener(e -> changed.run());
        when.setVisible(!optional);
        add(template, make, open, when);
    }

    void set(@Nullable TemplateId chosen, @Nullable LocalDateTime at) {
        known.stream().filter(ref -> ref.id().equals(chosen)).findFirst().ifPresent(template::setValue);
        when.setValue(at);
    }

    @Nullable
    TemplateId template() {
        TemplateRef chosen = template.getValue();
        return chosen == null ? null : chosen.id();
    }

    @Nullable
    LocalDateTime when() {
        return when.getValue();
    }

    void move(long days) {
        LocalDateTime now = when.getValue();
        if (now != null) {
            when.setValue(now.plusDays(days));
        }
    }

    /** Where to put it right: the mail where none is chosen, else its time. */
    Focusable<?> first() {
        return template.getValue() == null ? template : when;
    }

    private void offer(TemplateRef made) {
        if (known.stream().noneMatch(ref -> ref.id().equals(made.id()))) {
            known = Stream.concat(known.stream(), Stream.of(made)).toList();
            template.setItems(known);
        }
        known.stream().filter(ref -> ref.id().equals(made.id())).findFirst().ifPresent(template::setValue);
        when.focus();
    }
}
