package io.perennial.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a mail server is reached.
 *
 * @param username to sign in with, where the server lets one sign in; null for none
 * @param checkName whether the server's certificate must be for this host
 * @param localName what we call ourselves (RFC 5321, 4.1.1.1)
 * @param answer for each answer and each write
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
        Duration idle) {

    enum Encryption {
        NONE,
        /** STARTTLS where it is offered. */
        OFFERED,
        /** STARTTLS, or nothing is sent. */
        REQUIRED,
        /** From the first byte. */
        IMPLICIT
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
