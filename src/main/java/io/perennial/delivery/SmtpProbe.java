package io.perennial.delivery;

import io.perennial.delivery.SmtpWire.Reply;
import io.perennial.delivery.sender.Domains;
import io.perennial.delivery.sender.OwnServers;
import io.perennial.delivery.sender.SenderProperties;
import io.perennial.delivery.sender.ServerProbe;
import io.perennial.outside.OutsideHosts;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Greets a server, encrypts, signs in, names a sender and a recipient, takes it all back, and leaves. */
@Component
class SmtpProbe implements ServerProbe {

    private final Predicate<InetAddress> allowed;
    private final SSLSocketFactory tls;
    private final Duration patience;

    @Autowired
    SmtpProbe(SenderProperties properties, OutsideHosts hosts) {
        this(
                TenantMailServers.allowed(properties, hosts),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Duration.ofSeconds(15));
    }

    /**
     * @param allowed which addresses its name may stand for
     * @param patience for the connection, and for each answer
     */
    SmtpProbe(Predicate<InetAddress> allowed, SSLSocketFactory tls, Duration patience) {
        this.allowed = allowed;
        this.tls = tls;
        this.patience = patience;
    }

    @Override
    public Finding probe(OwnServers.Access access, String sender, String recipient) {
        SmtpSettings settings = SmtpSettings.probing(access, tls, patience, allowed);
        SmtpSession session;
        try {
            session = SmtpSession.open(settings, new StallGuard(patience));
        } catch (SmtpSession.NotOpened e) {
            return new Finding(e.problem(), e.answer().text());
        }
        try {
            if (access.username() != null && !session.offers("AUTH")) {
                return new Finding(Problem.SIGN_IN_NOT_OFFERED, "");
            }
            Reply reply = session.wire().ask("MAIL FROM:<" + address(sender) + ">");
            if (!reply.isPositive()) {
                return new Finding(Problem.SENDER_REFUSED, reply.text());
            }
            reply = session.wire().ask("RCPT TO:<" + address(recipient) + ">");
            session.wire().ask("RSET");
            return reply.isPositive()
                    ? new Finding(Problem.NONE, "")
                    : new Finding(Problem.RECIPIENT_REFUSED, reply.text());
        } catch (IOException e) {
            return new Finding(Problem.ENDED, SmtpTroubles.words(e));
        } finally {
            session.quit();
        }
    }

    private static String address(String address) {
        return MailHeaders.requireOneLine("The address", Domains.asciiDomain(address))
                .replace("<", "")
                .replace(">", "");
    }
}
