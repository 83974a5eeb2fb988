package io.perennial.delivery;

import io.perennial.accounts.BusinessStandings;
import io.perennial.delivery.sender.DkimKeys;
import io.perennial.delivery.sender.DkimSigner;
import io.perennial.delivery.sender.Domains;
import io.perennial.delivery.sender.SigningKeys;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.tenancy.CurrentTenant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/** Sends single mails over a connection of their own, by the server and with the keys of the business. */
@Service
class DirectMailer implements Mailer {

    private final MailServers servers;
    private final SigningKeys keys;
    private final Predicate<TenantId> atWork;

    @Autowired
    DirectMailer(MailServers servers, SigningKeys keys, BusinessStandings standings) {
        this(servers, keys, standings::isAtWork);
    }

    DirectMailer(MailServers servers, SigningKeys keys, Predicate<TenantId> atWork) {
        this.servers = servers;
        this.atWork = atWork;
        this.keys = keys;
    }

    @Override
    public void send(Mail mail) {
        if (!atWork.test(CurrentTenant.require())) {
            throw new MailNotSent("This business is suspended: nothing is sent");
        }
        MailServer server = servers.of(CurrentTenant.require());
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
        SingleCourse course = new SingleCourse();
        try (MailConnection connection = server.connection()) {
            connection.send(
                    List.of(new MailConnection.Parcel(
                            new MailConnection.Envelope(sender, mail.to().value()), signed(sender, content))),
                    course);
        }
        course.requireAccepted();
    }

    private byte[] signed(String sender, byte[] content) {
        DkimKeys use = keys.of(CurrentTenant.require(), Domains.ofAddress(sender));
        if (use == null) {
            return content;
        }
        byte[] signatures = new DkimSigner(use).sign(content, 0, content.length);
        byte[] whole = Arrays.copyOf(signatures, signatures.length + content.length);
        System.arraycopy(content, 0, whole, signatures.length, content.length);
        return whole;
    }
}
