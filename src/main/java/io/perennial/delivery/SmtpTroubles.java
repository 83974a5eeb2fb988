package io.perennial.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;

/** What keeps a mail server from being reached, in words that say what to do. */
final class SmtpTroubles {

    private SmtpTroubles() {}

    static String ofConnecting(SmtpSettings settings, Throwable e) {
        String place = settings.host() + ":" + settings.port();
        return switch (deepest(e)) {
            case UnknownHostException u -> "There is no host named " + settings.host() + " (spring.mail.host)";
            case ConnectException c ->
                "Nothing listens at " + place + " (spring.mail.host, spring.mail.port): " + words(c);
            case SocketTimeoutException t ->
                "Nothing answers at " + place + ". A firewall may block the port (providers often block 25)";
            default -> "No connection to " + place + ": " + words(e);
        };
    }

    static String ofTls(SmtpSettings settings, IOException e) {
        String place = settings.host() + ":" + settings.port();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "The certificate of " + place + " has expired: " + words(e);
            }
            String said = String.valueOf(cause.getMessage());
            if (said.contains("subject alternative") || said.contains("No name matching")) {
                return "The certificate of " + place + " is for another name than spring.mail.host: " + said;
            }
            if (said.contains("unable to find valid certification path") || cause instanceof CertificateException) {
                return "The certificate of " + place
                        + " is not signed by an authority this machine trusts; name a bundle "
                        + "in spring.mail.ssl.bundle that does: " + said;
            }
            if (said.contains("Unsupported or unrecognized SSL message") || said.contains("plaintext connection")) {
                return place + " does not speak TLS from the first byte: with spring.mail.ssl.enabled=true the port is "
                        + "usually 465, without it 587";
            }
        }
        return "TLS with " + place + " failed: " + words(e);
    }

    static String words(Throwable e) {
        Throwable deepest = deepest(e);
        if (deepest instanceof SocketTimeoutException) {
            return "The mail server did not answer in time: " + deepest.getMessage();
        }
        return String.valueOf(deepest.getMessage() == null ? deepest : deepest.getMessage());
    }

    private static Throwable deepest(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
