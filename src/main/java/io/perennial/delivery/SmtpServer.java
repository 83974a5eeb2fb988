package io.perennial.delivery;

import io.perennial.delivery.SmtpSettings.Encryption;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * The server of {@code spring.mail.*}, spoken to by SMTP. Of {@code spring.mail.properties} those of Jakarta Mail are
 * heeded that say how to encrypt and what to call ourselves.
 */
@Component
class SmtpServer implements MailServer {

    private final MailProperties mail;
    private final SmtpSettings settings;
    private final StallGuard guard;

    SmtpServer(MailProperties mail, DeliveryProperties delivery, ObjectProvider<SslBundles> bundles) {
        this.mail = mail;
        this.settings = settings(mail, delivery, bundles);
        this.guard = new StallGuard(delivery.answerTimeout());
    }

    @Override
    public boolean configured() {
        return mail.getHost() != null && !mail.getHost().isBlank();
    }

    @Override
    public MailConnection connection() {
        return new SmtpConnection(settings, guard);
    }

    private static SmtpSettings settings(
            MailProperties mail, DeliveryProperties delivery, ObjectProvider<SslBundles> bundles) {
        Encryption encryption = encryption(mail);
        boolean implicit = encryption == Encryption.IMPLICIT;
        String host = mail.getHost() == null ? "" : mail.getHost();
        String username = mail.getUsername();
        return new SmtpSettings(
                host,
                mail.getPort() == null ? implicit ? 465 : 25 : mail.getPort(),
                encryption,
                sockets(mail, bundles),
                mail.getSsl().isVerifyHostname() && flag(mail, "ssl.checkserveridentity", true),
                username == null || username.isEmpty() ? null : username,
                mail.getPassword(),
                mail.getProperties().getOrDefault("mail.smtp.localhost", SmtpSettings.ownName()),
                delivery.connectTimeout(),
                delivery.answerTimeout(),
                delivery.idle());
    }

    private static Encryption encryption(MailProperties mail) {
        if (mail.getSsl().isEnabled() || "smtps".equals(mail.getProtocol()) || flag(mail, "ssl.enable", false)) {
            return Encryption.IMPLICIT;
        }
        if (flag(mail, "starttls.required", false)) {
            return Encryption.REQUIRED;
        }
        return flag(mail, "starttls.enable", true) ? Encryption.OFFERED : Encryption.NONE;
    }

    private static boolean flag(MailProperties mail, String name, boolean otherwise) {
        Map<String, String> all = mail.getProperties();
        String value = all.getOrDefault("mail.smtp." + name, all.get("mail.smtps." + name));
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    private static SSLSocketFactory sockets(MailProperties mail, ObjectProvider<SslBundles> bundles) {
        String bundle = mail.getSsl().getBundle();
        return bundle == null || bundle.isBlank()
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : bundles.getObject().getBundle(bundle).createSslContext().getSocketFactory();
    }
}
