package io.perennial.webhooks.ui;

import static io.perennial.uikit.Texts.t;

import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import io.perennial.webhooks.WebhookDelivery;
import io.perennial.webhooks.WebhookEndpoint;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** How an endpoint and what it was sent stand, in words. */
final class EndpointWords {

    private EndpointWords() {}

    static StatusBadge badge(WebhookEndpoint endpoint) {
        if (endpoint.isOn() && endpoint.failingSince() != null) {
            return new StatusBadge(t("webhooks.state.troubled"), Tone.ATTENTION);
        }
        return new StatusBadge(
                t("webhooks.state." + endpoint.state().name().toLowerCase(Locale.ROOT)),
                switch (endpoint.state()) {
                    case ENABLED -> Tone.GOOD;
                    case DISABLED -> Tone.NEUTRAL;
                    case FAILING, GONE -> Tone.BAD;
                });
    }

    /** What is to be known beside the badge; nothing where all is well. */
    static Optional<String> explanation(WebhookEndpoint endpoint, ZoneId zone) {
        String since = Formats.dateTime(endpoint.stateAt(), zone);
        return switch (endpoint.state()) {
            case ENABLED ->
                Optional.ofNullable(endpoint.failingSince())
                        .map(at -> t("webhooks.failing_since", Formats.dateTime(at, zone)));
            case DISABLED -> Optional.of(t("webhooks.off_since", since));
            case FAILING -> Optional.of(t("webhooks.given_up", since));
            case GONE -> Optional.of(t("webhooks.is_gone", since));
        };
    }

    static StatusBadge badge(WebhookDelivery delivery) {
        return new StatusBadge(
                t("webhooks.delivery." + delivery.state().name().toLowerCase(Locale.ROOT)),
                switch (delivery.state()) {
                    case DELIVERED -> Tone.GOOD;
                    case WAITING -> delivery.attempts() == 0 ? Tone.NEUTRAL : Tone.ATTENTION;
                    case FAILED -> Tone.BAD;
                });
    }

    static String answer(WebhookDelivery delivery) {
        if (delivery.triedAt() == null) {
            return t("webhooks.not_tried");
        }
        return delivery.lastStatus() == null ? t("webhooks.no_answer") : Integer.toString(delivery.lastStatus());
    }
}
