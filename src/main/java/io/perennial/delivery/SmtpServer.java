package io.perennial.delivery;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** The server of {@code spring.mail.*}, spoken to by SMTP. */
@Component
class SmtpServer implements MailServer {

    private final MailProperties mail;
    private final Session session;
    private final Duration idle;

    SmtpServer(MailProperties mail, DeliveryProperties delivery, ObjectProvider<SslBundles> bundles) {
        this.mail = mail;
        this.idle = delivery.idle();
        this.session = Session.getInstance(properties(mail, delivery, bundles));
    }

    @Override
    public boolean configured() {
        return mail.getHost() != null && !mail.getHost().isBlank();
    }

    @Override
    public MailConnection connection() {
        return new SmtpConnection(session, mail, idle);
    }

    private static Properties properties(
            MailProperties mail, DeliveryProperties delivery, ObjectProvider<SslBundles> bundles) {
        String protocol = SmtpConnection.isImplicitTls(mail) ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties all = new Properties();
        all.setProperty(
                prefix + "connectiontimeout",
                Long.toString(delivery.connectTimeout().toMillis()));
        all.setProperty(
                prefix + "timeout", Long.toString(delivery.answerTimeout().toMillis()));
        all.setProperty(
                prefix + "writetimeout", Long.toString(delivery.answerTimeout().toMillis()));
        all.setProperty(
                prefix + "auth",
                Boolean.toString(
                        mail.getUsername() != null && !mail.getUsername().isEmpty()));
        all.setProperty(prefix + "starttls.enable", "true");
        all.setProperty(
                prefix + "ssl.checkserveridentity",
                Boolean.toString(mail.getSsl().isVerifyHostname()));
        all.setProperty(prefix + "quitwait", "false");
        all.setProperty(prefix + "socketFactory.fallback", "false");
        all.put(prefix + "socketFactory", PromptSockets.plain());
        String bundle = mail.getSsl().getBundle();
        if (bundle != null && !bundle.isBlank()) {
            all.put(
                    prefix + "ssl.socketFactory",
                    PromptSockets.tls(bundles.getObject()
                            .getBundle(bundle)
                            .createSslContext()
                            .getSocketFactory()));
        } else {
            all.put(prefix + "ssl.socketFactory", PromptSockets.tls());
        }
        all.putAll(mail.getProperties());
        return all;
    }
}
