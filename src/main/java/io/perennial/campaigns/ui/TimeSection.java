package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import io.perennial.campaigns.CampaignContent;
import io.perennial.campaigns.MissedPolicy;
import io.perennial.campaigns.PlannedTime;
import io.perennial.uikit.DateWords;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When it goes out, and what happens if nothing can be sent then. */
class TimeSection extends EditorSection {

    private enum Start {
        PLANNED,
        NOW
    }

    private final ZoneId zone;
    private final RadioButtonGroup<Start> start = new RadioButtonGroup<>();
    private final DateTimePicker picker = new DateTimePicker(t("campaigns.time"));
    private final Paragraph oddity = new Paragraph();
    private final Select<MissedPolicy> policy = new Select<>();
    private final IntegerField lateHours = new IntegerField(t("campaigns.late_hours"));

    TimeSection(ZoneId zone, CampaignContent content, Runnable changed) {
        super(t("campaigns.section.when"), t("campaigns.section.when_closed"));
        this.zone = zone;
        start.setAriaLabel(t("campaigns.section.when"));
        start.setItems(Start.values());
        start.setItemLabelGenerator(each -> t("campaigns.start." + each.name().toLowerCase(Locale.ROOT)));
        start.setValue(Start.PLANNED);
        picker.setHelperText(t("campaigns.time_zone", zone.getId()));
        picker.setStep(Duration.ofMinutes(15));
        DateWords.prepare(picker);
        picker.setDateAriaLabel(t("campaigns.time_date"));
        picker.setTimeAriaLabel(t("campaigns.time_clock"));
        if (content.planned() != null) {
            picker.setValue(content.planned());
        }
        oddity.addClassNames("campaign-oddity", "tone-attention");
        policy.setLabel(t("campaigns.missed"));
        policy.setItems(MissedPolicy.values());
        policy.setItemLabelGenerator(
                each -> each == null ? "" : t("campaigns.missed." + each.name().toLowerCase(Locale.ROOT)));
        policy.setValue(content.missed());
        policy.addClassName("campaign-wide");
        lateHours.setValue(content.lateHours());
        lateHours.setMin(1);
        lateHours.setMax(CampaignContent.MAX_LATE_HOURS);
        lateHours.setStepButtonsVisible(true);
        addFields(start, picker, oddity, policy, lateHours);
        arrange();
        start.addValueChangeListener(e -> tell(changed));
        picker.addValueChangeListener(e -> tell(changed));
        policy.addValueChangeListener(e -> tell(changed));
        lateHours.addValueChangeListener(e -> {
            if (!lateHours.isInvalid()) {
                tell(changed);
            }
        });
    }

    private void tell(Runnable changed) {
        arrange();
        changed.run();
    }

    private void arrange() {
        boolean planned = !isNow();
        picker.setVisible(planned);
        policy.setVisible(planned);
        lateHours.setVisible(planned && policy.getValue() == MissedPolicy.SEND_LATE);
        PlannedTime time = planned();
        String words = time == null ? null : CampaignWords.oddity(time);
        oddity.setVisible(planned && words != null);
        oddity.setText(words == null ? "" : words);
    }

    boolean isNow() {
        return start.getValue() == Start.NOW;
    }

    @Nullable
    LocalDateTime asked() {
        return picker.getValue();
    }

    @Nullable
    PlannedTime planned() {
        LocalDateTime asked = asked();
        return asked == null ? null : PlannedTime.of(asked, zone);
    }

    MissedPolicy policy() {
        MissedPolicy chosen = policy.getValue();
        return chosen == null ? MissedPolicy.SEND_LATE : chosen;
    }

    int lateHours() {
        Integer hours = lateHours.getValue();
        return hours == null || hours < 1 || hours > CampaignContent.MAX_LATE_HOURS
                ? CampaignContent.DEFAULT_LATE_HOURS
                : hours;
    }

    Focusable<?> first() {
        return picker;
    }
}
