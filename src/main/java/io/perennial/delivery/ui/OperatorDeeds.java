package io.perennial.delivery.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import io.perennial.delivery.pace.OperatorQueue;
import io.perennial.delivery.pace.OperatorQueue.Grant;
import io.perennial.uikit.Toasts;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operator's levers, each with a dialog that says what follows. */
class OperatorDeeds {

    private final OperatorQueue queue;
    private final Runnable done;

    OperatorDeeds(OperatorQueue queue, Runnable done) {
        this.queue = queue;
        this.done = done;
    }

    void lock() {
        withReason("lock", t("delivery.queue.lock_hint"), queue::closeLock);
    }

    void unlock() {
        Checkbox pause = new Checkbox(t("delivery.queue.unlock_pause"), true);
        pause.setHelperText(t("delivery.queue.unlock_pause_hint"));
        dialog(
                t("delivery.queue.unlock"),
                t("delivery.queue.unlock"),
                () -> {
                    queue.openLock(pause.getValue());
                    return true;
                },
                new Paragraph(t("delivery.queue.unlock_hint")),
                pause);
    }

    void pauseServer(String server) {
        withReason("pause", t("delivery.queue.pause_server_hint", server), reason -> queue.pauseServer(server, reason));
    }

    void resumeServer(String server) {
        queue.resumeServer(server);
        told(t("delivery.queue.resumed", server));
    }

    void pauseBusiness(Grant grant) {
        withReason(
                "pause",
                t("delivery.queue.pause_business_hint", grant.business()),
                reason -> queue.pauseBusiness(grant.tenant(), reason));
    }

    void resumeBusiness(Grant grant) {
        queue.resumeBusiness(grant.tenant());
        told(t("delivery.queue.resumed", grant.business()));
    }

    void share(Grant grant) {
        IntegerField weight = number("delivery.queue.weight_field", grant.weight());
        weight.setMax(100);
        weight.setHelperText(t("delivery.queue.weight_hint"));
        IntegerField hour = number("delivery.queue.max_hour_field", grant.maxPerHour());
        IntegerField day = number("delivery.queue.max_day_field", grant.maxPerDay());
        hour.setPlaceholder(t("delivery.limits.none"));
        day.setPlaceholder(t("delivery.limits.none"));
        dialog(
                t("delivery.queue.share_whose", grant.business()),
                t("delivery.limits.save"),
                () -> {
                    if (weight.getValue() == null || weight.isInvalid() || hour.isInvalid() || day.isInvalid()) {
                        return false;
                    }
                    queue.grant(grant.tenant(), weight.getValue(), hour.getValue(), day.getValue());
                    return true;
                },
                weight,
                hour,
                day);
    }

    private static IntegerField number(String key, @Nullable Integer value) {
        IntegerField field = new IntegerField(t(key));
        field.setMin(1);
        field.setValue(value);
        field.setClearButtonVisible(true);
        field.setI18n(new IntegerField.IntegerFieldI18n()
                .setBadInputErrorMessage(t("delivery.limits.number"))
                .setMinErrorMessage(t("delivery.limits.number"))
                .setMaxErrorMessage(t("delivery.limits.between", 100)));
        return field;
    }

    private void withReason(String deed, String hint, Consumer<String> action) {
        TextArea reason = new TextArea(t("delivery.queue.reason"));
        reason.setMaxLength(300);
        reason.setRequiredIndicatorVisible(true);
        dialog(
                t("delivery.queue." + deed),
                t("delivery.queue." + deed),
                () -> {
                    if (reason.getValue().isBlank()) {
                        reason.setErrorMessage(t("delivery.queue.reason_missing"));
                        reason.setInvalid(true);
                        return false;
                    }
                    action.accept(reason.getValue());
                    return true;
                },
                new Paragraph(hint),
                reason);
    }

    /** Says whether it was done, so that the dialog may close. */
    private interface Deed {
        boolean isDone();
    }

    private void dialog(String title, String confirm, Deed deed, Component... content) {
        Dialog dialog = new Dialog(title);
        dialog.addClassName("operator-dialog");
        dialog.add(content);
        Button cancel = new Button(t("delivery.queue.cancel"), e -> dialog.close());
        Button go = new Button(confirm, e -> {
            if (deed.isDone()) {
                dialog.close();
                told(t("delivery.queue.done"));
            }
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(cancel, go);
        dialog.open();
    }

    private void told(String words) {
        Toasts.success(words);
        done.run();
    }
}
