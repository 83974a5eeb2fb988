package io.perennial.campaigns.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.delivery.SendingOutlook;
import io.perennial.delivery.SendingOutlook.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What holds mails up beyond a person's pause: an operator, the lock, and limits that take more than an hour. */
class PaceNotice extends Div {

    private static final Duration WORTH_SAYING = Duration.ofHours(1);

    private @Nullable Outlook shown;

    PaceNotice() {
        addClassName("campaign-pace");
        setVisible(false);
    }

    /** What there is to say. */
    record Outlook(@Nullable String held, @Nullable Forecast forecast, Instant from) {

        static final Outlook NONE = new Outlook(null, null, Instant.EPOCH);

        /**
         * Read beside the page.
         *
         * @param mails more than wait already; zero asks for these
         */
        static Outlook of(SendingOutlook outlook, long mails, Instant from) {
            return new Outlook(
                    outlook.held().orElse(null), outlook.forecast(mails, from).orElse(null), from);
        }

        boolean isLong() {
            return forecast != null
                    && (forecast.done() == null
                            || Duration.between(from, forecast.done()).compareTo(WORTH_SAYING) > 0);
        }
    }

    void show(Outlook outlook, ZoneId zone) {
        if (shown != null
                && java.util.Objects.equals(shown.held(), outlook.held())
                && java.util.Objects.equals(shown.forecast(), outlook.forecast())) {
            return; // an opened list of days stays open
        }
        shown = outlook;
        removeAll();
        if (outlook.held() != null) {
            Paragraph held = new Paragraph(t("campaigns.held", outlook.held()));
            held.addClassNames("campaign-note", "tone-attention");
            add(held);
        }
        Forecast forecast = outlook.forecast();
        if (forecast != null && outlook.isLong()) {
            add(CampaignWords.forecast(forecast, zone));
        }
        setVisible(getChildren().findAny().isPresent());
    }
}
