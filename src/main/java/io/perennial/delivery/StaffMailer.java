package io.perennial.delivery;

import io.perennial.accounts.StaffMail;
import io.perennial.accounts.StaffMails;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.LastWork;
import io.perennial.kernel.TimeOrderedIds;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Sends the installation's mails to staff over the installation's server, outside the ledger and every business's pace. */
@Component
class StaffMailer implements StaffMails {

    private static final Logger log = LoggerFactory.getLogger(StaffMailer.class);

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(1_000),
            Thread.ofPlatform().daemon().name("staff-mail-", 1).factory());
    private final SmtpServer server;
    private final ObjectProvider<ITemplateEngine> templates;
    private final String base;
    private final EmailAddress sender;
    private final String senderName;

    StaffMailer(
            SmtpServer server,
            MailProperties mail,
            StaffMailProperties own,
            PublicProperties reached,
            ObjectProvider<ITemplateEngine> templates) {
        this.server = server;
        this.templates = templates;
        this.base = reached.publicUrl() + "/";
        this.sender = own.sender(mail.getUsername(), reached.publicUrl().getHost());
        this.senderName = own.name();
    }

    @Override
    public void sendSoon(StaffMail mail, Consumer<Optional<String>> outcome) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            hand(mail, outcome);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                hand(mail, outcome);
            }
        });
    }

    private void hand(StaffMail mail, Consumer<Optional<String>> outcome) {
        try {
            threads.execute(() -> outcome.accept(sent(mail)));
        } catch (RejectedExecutionException e) {
            log.warn("A mail to staff was not sent: too many at once");
            threads.getThreadFactory()
                    .newThread(() -> outcome.accept(Optional.of("Too many mails at once")))
                    .start();
        }
    }

    /** Why it was not; empty if it was. */
    private Optional<String> sent(StaffMail mail) {
        try {
            if (!server.configured()) {
                throw new Mailer.MailNotSent("No mail server is configured (spring.mail.host)");
            }
            deliver(mail);
            return Optional.empty();
        } catch (RuntimeException e) {
            log.warn("The mail \"{}\" to a member of staff was not sent: {}", mail.title(), e.getMessage());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void deliver(StaffMail mail) {
        String link = base + mail.path();
        byte[] content = new MimeMail(
                        senderName,
                        sender.value(),
                        null,
                        mail.to().value(),
                        mail.subject(),
                        html(mail, link),
                        text(mail, link),
                        Long.toString(TimeOrderedIds.next(), 36) + ".staff@" + sender.domain(),
                        null)
                .bytes(ZonedDateTime.now(ZoneOffset.UTC));
        SingleCourse course = new SingleCourse();
        try (MailConnection connection = server.connection()) {
            connection.send(
                    List.of(new MailConnection.Parcel(
                            new MailConnection.Envelope(
                                    sender.value(), mail.to().value()),
                            content)),
                    course);
        }
        course.requireAccepted();
    }

    private String html(StaffMail mail, String link) {
        Context context = new Context();
        context.setVariable("mail", mail);
        context.setVariable("sender", senderName);
        context.setVariable("link", link);
        return templates.getObject().process("delivery/staff-mail", context);
    }

    private static String text(StaffMail mail, String link) {
        return mail.title() + "\r\n\r\n" + String.join("\r\n\r\n", mail.paragraphs()) + "\r\n\r\n" + mail.button()
                + ":\r\n" + link + "\r\n\r\n" + mail.closing() + "\r\n";
    }

    @PreDestroy
    void stop() {
        LastWork.end(threads, Duration.ofSeconds(8));
    }
}
