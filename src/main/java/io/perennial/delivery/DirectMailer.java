package io.perennial.delivery;

import io.perennial.kernel.TimeOrderedIds;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.springframework.stereotype.Service;

/** Sends single mails over a connection of their own. */
@Service
class DirectMailer implements Mailer {

    private final MailServer server;

    DirectMailer(MailServer server) {
        this.server = server;
    }

    @Override
    public void send(Mail mail) {
        if (!server.configured()) {
            throw new MailNotSent("No mail server is configured (spring.mail.host)");
        }
        String sender = mail.senderAddress().value();
        String replyTo = mail.replyTo() == null ? null : mail.replyTo().value();
        byte[] content = new MimeMail(
                        mail.senderName(),
                        sender,
                        replyTo,
                        mail.to().value(),
                        mail.subject(),
                        mail.html(),
                        mail.text(),
                        Long.toString(TimeOrderedIds.next(), 36) + ".direct@"
                                + mail.senderAddress().domain(),
                        null)
                .bytes(ZonedDateTime.now(ZoneOffset.UTC));
        try (MailConnection connection = server.connection()) {
            Answer answer = connection.send(
                    new MailConnection.Envelope(sender, mail.to().value()), content, () -> {});
            if (answer.kind() != Answer.Kind.ACCEPTED) {
                throw new MailNotSent(answer.text());
            }
        }
    }
}
