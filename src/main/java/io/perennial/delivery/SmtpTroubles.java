package io.perennial.delivery;

import io.perennial.delivery.sender.ServerProbe.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;

/** What keeps a mail server from being reached: named, and in words that say what to do. */
final class SmtpTroubles {

    private SmtpTroubles() {}

    /** A name that stands only for addresses which businesses may not send us to. */
    static final class PrivateAddress extends IOException {
        PrivateAddress(String message) {
            super(message);
        }
    }

    static Problem connecting(Throwable e) {
        return switch (deepest(e)) {
            case UnknownHostException u -> Problem.NO_SUCH_HOST;
            case PrivateAddress p -> Problem.PRIVATE_ADDRESS;
            case SocketTimeoutException t -> Problem.NO_ANSWER;
            case ConnectException c -> Problem.REFUSED;
            default -> Problem.ENDED;
        };
    }

    static String ofConnecting(SmtpSettings settings, Throwable e) {
        String place = settings.place();
        return switch (connecting(e)) {
            case NO_SUCH_HOST -> "There is no host named " + settings.host() + by(settings, " (spring.mail.host)");
            case REFUSED ->
                "Nothing listens at " + place + by(settings, " (spring.mail.host, spring.mail.port)") + ": " + words(e);
            case NO_ANSWER ->
                "Nothing answers at " + place + ". A firewall may block the port (providers often block 25)";
            default -> "No connection to " + place + ": " + words(e);
        };
    }

    static Problem encrypting(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateExpiredException) {
                return Problem.CERTIFICATE_EXPIRED;
            }
            if (said.contains("subject alternative") || said.contains("No name matching")) {
                return Problem.CERTIFICATE_NAME;
            }
            if (said.contains("Unsupported or unrecognized SSL message") || said.contains("plaintext connection")) {
                return Problem.NO_TLS_THERE;
            }
            if (cause instanceof SocketTimeoutException) {
                return Problem.NO_ANSWER;
            }
        }
        // Last, as it wraps the reasons above.
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            if (said.contains("unable to find valid certification path") || cause instanceof CertificateException) {
                return Problem.CERTIFICATE_UNKNOWN;
            }
        }
        return Problem.TLS_FAILED;
    }

    static String ofTls(SmtpSettings settings, IOException e) {
        String place = settings.place();
        String said = words(e);
        return switch (encrypting(e)) {
            case CERTIFICATE_EXPIRED -> "The certificate of " + place + " has expired: " + said;
            case CERTIFICATE_NAME ->
                "The certificate of " + place + " is for another name than "
                        + (settings.ofInstallation() ? "spring.mail.host" : settings.host()) + ": " + said;
            case CERTIFICATE_UNKNOWN ->
                "The certificate of " + place + " is not signed by an authority this machine trusts"
                        + by(settings, "; name a bundle in spring.mail.ssl.bundle that does") + ": " + said;
            case NO_TLS_THERE ->
                place + " does not speak TLS from the first byte: with "
                        + (settings.ofInstallation() ? "spring.mail.ssl.enabled=true" : "it")
                        + " the port is usually 465, without it 587";
            default -> "TLS with " + place + " failed: " + said;
        };
    }

    private static String by(SmtpSettings settings, String property) {
        return settings.ofInstallation() ? property : "";
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
