package io.perennial.customers.ui;

import static io.perennial.uikit.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import io.perennial.customers.ConsentState;
import io.perennial.customers.ConsentStatus;
import io.perennial.customers.ConsentTopic;
import io.perennial.customers.Customer;
import io.perennial.customers.Suppression;
import io.perennial.uikit.Formats;
import io.perennial.uikit.StatusBadge;
import io.perennial.uikit.Tone;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether we may mail a customer, and why not, in words. */
final class Mailability {

    private Mailability() {}

    static StatusBadge badge(Customer customer, Optional<Suppression> suppression, List<ConsentState> states) {
        if (customer.email() == null) {
            return new StatusBadge(t("customers.mail.no_address"), Tone.NEUTRAL);
        }
        if (suppression.isPresent()) {
            return new StatusBadge(t("customers.mail.suppressed"), Tone.BAD);
        }
        Optional<ConsentStatus> news = states.stream()
                .filter(s -> s.topic().code().equals(ConsentTopic.NEWS))
                .findFirst()
                .flatMap(s -> Optional.ofNullable(s.status()));
        if (news.filter(s -> s == ConsentStatus.WITHDRAWN).isPresent()) {
            return new StatusBadge(t("customers.mail.withdrawn"), Tone.ATTENTION);
        }
        return new StatusBadge(
                t(news.isPresent() ? "customers.mail.granted" : "customers.mail.never_asked"), Tone.GOOD);
    }

    static Optional<Component> explanation(Optional<Suppression> suppression, ZoneId zone) {
        return suppression.map(s -> {
            String why = t("customers.suppression." + s.reason().name().toLowerCase(Locale.ROOT));
            String evidence = s.evidence() == null ? "" : " (" + s.evidence() + ")";
            Paragraph text =
                    new Paragraph(t("customers.suppression.since", why, Formats.dateTime(s.at(), zone)) + evidence);
            text.addClassNames("profile-note", "tone-bad");
            return text;
        });
    }
}
