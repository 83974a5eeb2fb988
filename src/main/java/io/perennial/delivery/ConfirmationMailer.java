package io.perennial.delivery;

import static io.perennial.uikit.Texts.t;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.ConfirmationMails;
import io.perennial.customers.ConsentRequest;
import io.perennial.customers.ConsentRequests;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.uikit.MessageBundles;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Sends the mail whose link confirms a request for consent, outside the ledger: it belongs to no campaign. */
@Component
class ConfirmationMailer implements ConfirmationMails {

    private static final Logger log = LoggerFactory.getLogger(ConfirmationMailer.class);

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            2,
            2,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(2_000),
            Thread.ofPlatform().daemon().name("confirmation-", 1).factory());
    private final Mailer mailer;
    private final CustomerLinks links;
    private final Businesses businesses;
    private final PageLooks looks;
    private final ObjectProvider<ConsentRequests> requests;
    private final ObjectProvider<ITemplateEngine> templates;

    ConfirmationMailer(
            Mailer mailer,
            CustomerLinks links,
            Businesses businesses,
            PageLooks looks,
            ObjectProvider<ConsentRequests> requests,
            ObjectProvider<ITemplateEngine> templates) {
        this.mailer = mailer;
        this.links = links;
        this.businesses = businesses;
        this.looks = looks;
        this.requests = requests;
        this.templates = templates;
    }

    @Override
    public Optional<String> hindrance() {
        return address(businesses.current().senderEmail()) == null
                ? Optional.of(t("privacy.signup.no_sender"))
                : Optional.empty();
    }

    /** After the transaction that asked for it: a mail of something undone would lead nowhere. */
    @Override
    public void sendSoon(ConsentRequest request) {
        TenantId tenant = CurrentTenant.require();
        Runnable work = () -> CurrentTenant.asTenant(tenant, () -> send(request));
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            hand(work);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                hand(work);
            }
        });
    }

    private void hand(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            log.warn("Confirmation mails wait: too many at once"); // the upkeep takes them up
        }
    }

    private void send(ConsentRequest request) {
        try {
            Business business = businesses.current();
            EmailAddress sender = address(business.senderEmail());
            Optional<EmailAddress> to = EmailAddress.parse(request.email());
            if (sender == null || to.isEmpty() || !requests.getObject().takeOn(request.id())) {
                return;
            }
            String name = business.senderName();
            String link = links.confirm(business.id(), request.id());
            mailer.send(new Mailer.Mail(
                    name == null || name.isBlank() ? business.name() : name,
                    sender,
                    address(business.replyTo()),
                    to.get(),
                    words(request, "subject", business.name()),
                    html(request, business, link),
                    text(request, business, link)));
        } catch (RuntimeException e) {
            // Counted as sent: whoever wants the mail asks again, and a server that is down is not asked a thousand
            // times.
            log.warn("The confirmation mail of request {} was not sent: {}", request.id(), e.getMessage());
        }
    }

    private String html(ConsentRequest request, Business business, String link) {
        Context context = new Context(request.language());
        context.setVariables(Map.of(
                "lang", request.language().getLanguage(),
                "look", looks.current(),
                "business", business.name(),
                "title", words(request, "title", business.name()),
                "text", words(request, "text", business.name()),
                "topics", request.topics(),
                "button", words(request, "button"),
                "link", link,
                "ignore", words(request, "ignore")));
        context.setVariable("postal", business.postalAddress());
        return templates.getObject().process("delivery/confirmation-mail", context);
    }

    private static String text(ConsentRequest request, Business business, String link) {
        StringBuilder text = new StringBuilder(words(request, "text", business.name())).append("\r\n\r\n");
        request.topics()
                .forEach(topic -> text.append("- ").append(topic.wording()).append("\r\n"));
        text.append("\r\n")
                .append(words(request, "button"))
                .append(":\r\n")
                .append(link)
                .append("\r\n\r\n");
        text.append(words(request, "ignore")).append("\r\n");
        if (business.postalAddress() != null) {
            text.append("\r\n")
                    .append(business.name())
                    .append("\r\n")
                    .append(business.postalAddress())
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String words(ConsentRequest request, String key, Object... values) {
        return MessageBundles.text("delivery.page.mail." + key, request.language(), values);
    }

    private static @Nullable EmailAddress address(@Nullable String text) {
        return text == null ? null : EmailAddress.parse(text).orElse(null);
    }

    @PreDestroy
    void stop() {
        LastWork.end(threads, Duration.ofSeconds(8));
    }
}
