package io.perennial.campaigns;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.content.RenderedMail;
import io.perennial.content.TestMailer;
import io.perennial.delivery.Mailer;
import io.perennial.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;

/** Test sends of templates through delivery, which content does not know. */
@Component
class TestMails implements TestMailer {

    private final Businesses businesses;
    private final Mailer mailer;

    TestMails(Businesses businesses, @Lazy Mailer mailer) {
        this.businesses = businesses;
        this.mailer = mailer;
    }

    @Override
    @PreAuthorize("hasAuthority('content:write')")
    public void send(EmailAddress to, RenderedMail mail) {
        Business business = businesses.current();
        EmailAddress sender = address(business.senderEmail());
        if (sender == null) {
            throw new IllegalStateException(t("campaigns.test.no_sender"));
        }
        String name = business.senderName();
        mailer.send(new Mailer.Mail(
                name == null || name.isBlank() ? business.name() : name,
                sender,
                address(business.replyTo()),
                to,
                t("campaigns.test.subject", mail.subject()),
                mail.html(),
                mail.text()));
    }

    private static @Nullable EmailAddress address(@Nullable String text) {
        return text == null ? null : EmailAddress.parse(text).orElse(null);
    }
}
