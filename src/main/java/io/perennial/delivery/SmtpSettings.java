package io.perennial.delivery;

import io.perennial.delivery.sender.Encryption;
import io.perennial.delivery.sender.OwnServers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.SslBundles;

/**
 * How a mail server is reached.
 *
 * @param username to sign in with, where the server lets one sign in; null for none
 * @param checkName whether the server's certificate must be for this host
 * @param localName what we call ourselves (RFC 5321, 4.1.1.1)
 * @param answer for each answer and each write
 * @param allowed which addresses its name may stand for
 * @param ofInstallation whether it is set by {@code spring.mail.*}, which explanations then name
 */
record SmtpSettings(
        String host,
        int port,
        Encryption encryption,
        SSLSocketFactory tls,
        boolean checkName,
        @Nullable String username,
        @Nullable String password,
        String localName,
        Duration connect,
        Duration answer,
        Duration idle,
        Predicate<InetAddress> allowed,
        boolean ofInstallation) {

    /** Of {@code spring.mail.properties}, those of Jakarta Mail are heeded that say how to encrypt and our own name. */
    static SmtpSettings ofInstallation(
            MailProperties mail, DeliveryProperties delivery, ObjectProvider<SslBundles> bundles) {
        Encryption encryption = encryption(mail);
        String host = mail.getHost() == null ? "" : mail.getHost();
        String username = mail.getUsername();
        return new SmtpSettings(
                host,
                mail.getPort() == null ? encryption == Encryption.IMPLICIT ? 465 : 25 : mail.getPort(),
                encryption,
                sockets(mail, bundles),
                mail.getSsl().isVerifyHostname() && flag(mail, "ssl.checkserveridentity", true),
                username == null || username.isEmpty() ? null : username,
                mail.getPassword(),
                mail.getProperties().getOrDefault("mail.smtp.localhost", ownName()),
                delivery.connectTimeout(),
                delivery.answerTimeout(),
                delivery.idle(),
                address -> true,
                true);
    }

    /** A business's own. Certificates are always checked; private addresses only where the operator allows them. */
    static SmtpSettings own(OwnServers.Access access, DeliveryProperties delivery, Predicate<InetAddress> allowed) {
        return new SmtpSettings(
                access.host(),
                access.port(),
                access.encryption(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                true,
                access.username(),
                access.password(),
                ownName(),
                delivery.connectTimeout(),
                delivery.answerTimeout(),
                delivery.idle(),
                allowed,
                false);
    }

    /** A business's own, to be tested. */
    static SmtpSettings probing(
            OwnServers.Access access, SSLSocketFactory tls, Duration patience, Predicate<InetAddress> allowed) {
        return new SmtpSettings(
                access.host(),
                access.port(),
                access.encryption(),
                tls,
                true,
                access.username(),
                access.password(),
                ownName(),
                patience,
                patience,
                patience,
                allowed,
                false);
    }

    String place() {
        return host + ":" + port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SmtpSettings[" + place() + ", " + encryption + "]";
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

    static String ownName() {
        try {
            String name = InetAddress.getLocalHost().getCanonicalHostName();
            return name.matches("[A-Za-z0-9.-]+") && !name.matches("[0-9.]+") ? name : "[127.0.0.1]";
        } catch (UnknownHostException e) {
            return "[127.0.0.1]";
        }
    }
}
