package io.perennial.webhooks;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.AuditChanges;
import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.Permission;
import io.perennial.accounts.Staff;
import io.perennial.accounts.StaffMail;
import io.perennial.accounts.StaffMails;
import io.perennial.webhooks.WebhookEndpoint.State;
import io.perennial.webhooks.WebhookQueue.Key;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives endpoints up that say they are no more, or that failed for days, and tells those who can do something about it. */
@Component
class WebhookEnding {

    private final WebhookQueue queue;
    private final EndpointRows rows;
    private final Happenings happenings;
    private final AuditLog audit;
    private final Staff staff;
    private final Businesses businesses;
    private final ObjectProvider<StaffMails> mails;
    private final WebhookProperties properties;

    WebhookEnding(
            WebhookQueue queue,
            EndpointRows rows,
            Happenings happenings,
            AuditLog audit,
            Staff staff,
            Businesses businesses,
            ObjectProvider<StaffMails> mails,
            WebhookProperties properties) {
        this.queue = queue;
        this.rows = rows;
        this.happenings = happenings;
        this.audit = audit;
        this.staff = staff;
        this.businesses = businesses;
        this.mails = mails;
        this.properties = properties;
    }

    @Transactional
    public void gone(Key key) {
        end(key, State.GONE);
    }

    /** It failed once more: perhaps for too long now. */
    @Transactional
    public void failed(Key key) {
        if (queue.failingSince(key)
                .filter(since -> since.plus(properties.disableAfter()).isBefore(Instant.now()))
                .isPresent()) {
            end(key, State.FAILING);
        }
    }

    private void end(Key key, State why) {
        if (!queue.end(key, why)) {
            return;
        }
        happenings.look(key.tenant());
        rows.find(key.tenant(), key.endpoint()).ifPresent(endpoint -> {
            audit.recordFor(key.tenant(), WebhookDeed.GAVE_UP, endpoint.id(), endpoint.url(), AuditChanges.none());
            tell(endpoint);
        });
    }

    private void tell(WebhookEndpoint endpoint) {
        String business = businesses.current().name();
        String why = t(
                endpoint.state() == State.GONE ? "webhooks.mail.gone" : "webhooks.mail.failing",
                endpoint.name(),
                properties.disableAfter().toDays());
        staff.members().stream()
                .filter(member -> member.staffRole().permissions().contains(Permission.SETTINGS_WRITE))
                .forEach(member -> mails.ifAvailable(post -> post.sendSoon(new StaffMail(
                        member.email(),
                        t("webhooks.mail.subject", business),
                        t("webhooks.mail.title", business),
                        List.of(
                                why,
                                t("webhooks.mail.what_now", properties.kept().toDays())),
                        t("webhooks.mail.button"),
                        "settings/webhooks/" + endpoint.id(),
                        t("webhooks.mail.closing")))));
    }
}
