package io.perennial.webhooks.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import io.perennial.uikit.Formats;
import io.perennial.webhooks.WebhookAttempt;
import io.perennial.webhooks.WebhookLog;
import java.time.ZoneId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What was sent and what came back. Answers are a stranger's: they are shown as text, never as markup. */
class DeliveryDialog extends Dialog {

    private static final JsonMapper JSON = new JsonMapper();

    DeliveryDialog(WebhookLog.Sent sent, ZoneId zone, boolean mayAgain, Runnable again) {
        super(sent.delivery().type());
        addClassName("quarantine-dialog");
        setWidth("min(760px, 100%)");
        add(new H3(t("webhooks.request")));
        add(text(t("webhooks.request"), "webhook-id: " + sent.id() + "\n\n" + pretty(sent.payload())));
        add(new H3(t("webhooks.response")));
        if (sent.attempts().isEmpty()) {
            add(new Paragraph(t("webhooks.not_tried")));
        }
        sent.attempts().forEach(attempt -> add(answer(attempt, zone)));
        if (mayAgain) {
            getFooter().add(new Button(t("webhooks.again"), e -> {
                close();
                again.run();
            }));
        }
        Button done = new Button(t("webhooks.done"), e -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(done);
    }

    private static Div answer(WebhookAttempt attempt, ZoneId zone) {
        String result = attempt.status() == null
                ? t("webhooks.no_answer") + ": " + attempt.problem()
                : Integer.toString(attempt.status());
        Div part = new Div(new Paragraph(t(
                        "webhooks.attempt",
                        Formats.dateTime(attempt.at(), zone),
                        Formats.number(attempt.took().toMillis()))
                + " · " + result));
        part.addClassName("webhook-attempt");
        if (attempt.answer() != null && !attempt.answer().isBlank()) {
            part.add(text(t("webhooks.response"), attempt.answer()));
        }
        return part;
    }

    private static Pre text(String label, String content) {
        Pre text = new Pre(content);
        text.addClassName("quarantine-text");
        text.getElement().setAttribute("tabindex", "0");
        text.getElement().setAttribute("role", "region");
        text.getElement().setAttribute("aria-label", label);
        return text;
    }

    private static String pretty(String json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json));
        } catch (JacksonException e) {
            return json;
        }
    }
}
