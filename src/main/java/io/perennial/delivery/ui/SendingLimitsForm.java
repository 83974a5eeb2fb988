package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import io.perennial.accounts.Business;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.delivery.pace.Limits;
import io.perennial.delivery.pace.PaceSettings;
import io.perennial.delivery.pace.PaceSettings.Wishes;
import io.perennial.delivery.pace.Receivers;
import io.perennial.delivery.pace.TenantPace;
import io.perennial.delivery.pace.WarmUp;
import io.perennial.uikit.Formats;
import io.perennial.uikit.Toasts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings in five groups; to look at only for those who may not change them. */
class SendingLimitsForm extends Div {

    private final PaceSettings settings;
    private final Map<String, TenantPace.Domain> domains;
    private final String domain;
    private final IntegerField perMinute;
    private final IntegerField perHour;
    private final IntegerField perDay;
    private final Map<String, IntegerField> receivers = new LinkedHashMap<>();
    private final WarmUpFields warmUp;
    private final QuietFields quiet;
    private final CapFields cap;
    private boolean changed;

    SendingLimitsForm(PaceSettings settings, Receivers groups, Business business) {
        this.settings = settings;
        addClassNames("settings-form", "sending-limits");
        Wishes wishes = settings.wishes();
        Limits ceiling = settings.ceiling();
        String sender = business.senderEmail();
        domain = sender == null ? "" : sender.substring(sender.lastIndexOf('@') + 1);
        domains = new HashMap<>(wishes.domains());
        TenantPace.Domain own = domains.get(domain);

        cap = new CapFields(wishes.cap());
        quiet = new QuietFields(wishes.quiet(), business.zone());
        perMinute = limit("delivery.limits.per_minute", wishes.limits().perMinute(), ceiling.perMinute());
        perHour = limit("delivery.limits.per_hour", wishes.limits().perHour(), ceiling.perHour());
        perDay = limit("delivery.limits.per_day", wishes.limits().perDay(), ceiling.perDay());
        for (String name : groups.names()) {
            IntegerField field =
                    limit("delivery.limits.receiver_" + name, wishes.receivers().get(name), null);
            if (!groups.domains(name).isEmpty()) {
                field.setHelperText(String.join(
                        ", ",
                        groups.domains(name)
                                .subList(0, Math.min(3, groups.domains(name).size()))));
            }
            receivers.put(name, field);
        }
        warmUp = new WarmUpFields(own == null ? null : own.warmUp(), business.zone());
        Div rates = row(perMinute, perHour, perDay);
        Div each = row(receivers.values().toArray(Component[]::new));
        add(
                group("cap", cap),
                group("quiet", quiet),
                group("rate", rates),
                group("receivers", each),
                group("warm_up", domain.isEmpty() ? new Paragraph(t("delivery.limits.no_domain")) : warmUp));
        boolean may = CurrentStaff.may(Permission.SETTINGS_WRITE);
        Runnable touched = () -> changed = true;
        cap.arrange(may, touched);
        quiet.arrange(may, touched);
        warmUp.arrange(may, touched);
        rates.getChildren().forEach(field -> watch(field, may, touched));
        each.getChildren().forEach(field -> watch(field, may, touched));
        if (may) {
            Button save = new Button(t("delivery.limits.save"), e -> save());
            save.addThemeVariants(ButtonVariant.PRIMARY);
            Div actions = new Div(save);
            actions.addClassName("form-actions");
            add(actions);
        }
    }

    boolean isChanged() {
        return changed;
    }

    /** Whether it could be kept; says so either way. */
    boolean save() {
        try {
            // Each is asked, so that each says what is wrong with it.
            boolean[] valid = {cap.isValid(), quiet.isValid(), warmUp.isValid(), numbersAreValid()};
            if (!(valid[0] && valid[1] && valid[2] && valid[3])) {
                Toasts.error(t("delivery.limits.not_saved"));
                return false;
            }
            Map<String, Integer> limited = new HashMap<>();
            receivers.forEach((name, field) -> {
                Integer value = field.getValue();
                if (value != null) {
                    limited.put(name, value);
                }
            });
            settings.save(new Wishes(
                    new Limits(perMinute.getValue(), perHour.getValue(), perDay.getValue()),
                    limited,
                    withWarmUp(warmUp.value()),
                    quiet.value(),
                    cap.value()));
            changed = false;
            Toasts.success(t("delivery.limits.saved"));
            return true;
        } catch (PaceSettings.Refused e) {
            Toasts.error(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Map<String, TenantPace.Domain> withWarmUp(@Nullable WarmUp plan) {
        Map<String, TenantPace.Domain> all = new HashMap<>(domains);
        TenantPace.Domain before = all.get(domain);
        if (domain.isEmpty()) {
            return all;
        }
        Integer hour = before == null ? null : before.perHour();
        Integer day = before == null ? null : before.perDay();
        if (plan == null && hour == null && day == null) {
            all.remove(domain);
        } else {
            all.put(domain, new TenantPace.Domain(hour, day, plan));
        }
        return all;
    }

    private boolean numbersAreValid() {
        return !perMinute.isInvalid()
                && !perHour.isInvalid()
                && !perDay.isInvalid()
                && receivers.values().stream().noneMatch(IntegerField::isInvalid);
    }

    private static void watch(Component field, boolean may, Runnable touched) {
        if (field instanceof HasValue<?, ?> value) {
            value.setReadOnly(!may);
            value.addValueChangeListener(e -> touched.run());
        }
    }

    private static IntegerField limit(String key, @Nullable Integer value, @Nullable Integer ceiling) {
        IntegerField field = new IntegerField(t(key));
        field.setMin(1);
        field.setPlaceholder(t("delivery.limits.none"));
        field.setClearButtonVisible(true);
        field.setI18n(new IntegerField.IntegerFieldI18n()
                .setBadInputErrorMessage(t("delivery.limits.number"))
                .setMinErrorMessage(t("delivery.limits.number"))
                .setMaxErrorMessage(
                        t("delivery.limits.above", Formats.number(ceiling == null ? Integer.valueOf(0) : ceiling))));
        if (ceiling != null) {
            field.setMax(ceiling);
            field.setHelperText(t("delivery.limits.ceiling", Formats.number(ceiling)));
        }
        field.setValue(value);
        return field;
    }

    static Div row(Component... fields) {
        Div row = new Div(fields);
        row.addClassName("limit-fields");
        return row;
    }

    private static Section group(String key, Component content) {
        Div words = new Div(
                new H2(t("delivery.limits.group_" + key)), new Paragraph(t("delivery.limits.group_" + key + "_hint")));
        words.addClassName("settings-words");
        Section section = new Section(words, content);
        section.addClassName("settings-group");
        return section;
    }
}
