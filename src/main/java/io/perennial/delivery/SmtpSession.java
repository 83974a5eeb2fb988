package io.perennial.delivery;

import io.perennial.delivery.SmtpWire.Reply;
import io.perennial.delivery.sender.Encryption;
import io.perennial.delivery.sender.ServerProbe.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** A conversation with a mail server, opened as far as that it takes messages: greeted, encrypted, signed in. */
final class SmtpSession {

    private final SmtpSettings settings;
    private final SmtpWire wire;
    private Set<String> offers = Set.of();

    private SmtpSession(SmtpSettings settings, SmtpWire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /** It could not be opened; the answer says why, in words for staff. */
    static final class NotOpened extends Exception {

        private final transient Answer answer;
        private final Problem problem;

        NotOpened(Answer.Kind kind, Problem problem, String why) {
            super(why);
            this.answer = new Answer(kind, why);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }

        Answer answer() {
            return answer;
        }
    }

    static SmtpSession open(SmtpSettings settings, StallGuard guard) throws NotOpened {
        SmtpWire wire;
        try {
            wire = SmtpWire.open(settings, guard);
        } catch (SSLException e) {
            throw new NotOpened(Answer.Kind.UNREACHABLE, SmtpTroubles.encrypting(e), SmtpTroubles.ofTls(settings, e));
        } catch (IOException | RuntimeException e) {
            throw new NotOpened(
                    Answer.Kind.UNREACHABLE, SmtpTroubles.connecting(e), SmtpTroubles.ofConnecting(settings, e));
        }
        SmtpSession session = new SmtpSession(settings, wire);
        boolean opened = false;
        try {
            session.introduce();
            opened = true;
            return session;
        } catch (SSLException e) {
            throw new NotOpened(Answer.Kind.UNREACHABLE, SmtpTroubles.encrypting(e), SmtpTroubles.ofTls(settings, e));
        } catch (SmtpWire.NoMailServer e) {
            throw new NotOpened(Answer.Kind.UNREACHABLE, Problem.NO_MAIL_SERVER, SmtpTroubles.words(e));
        } catch (IOException e) {
            throw new NotOpened(Answer.Kind.UNREACHABLE, SmtpTroubles.connecting(e), SmtpTroubles.words(e));
        } finally {
            if (!opened) {
                wire.close();
            }
        }
    }

    SmtpWire wire() {
        return wire;
    }

    boolean offers(String extension) {
        // Asked for each message; nearly all extensions stand alone.
        return offers.contains(extension) || offers.stream().anyMatch(o -> o.startsWith(extension + " "));
    }

    private void introduce() throws IOException, NotOpened {
        Reply greeting = wire.read();
        if (!greeting.isPositive()) {
            throw new NotOpened(Answer.Kind.UNREACHABLE, Problem.NOT_WELCOME, greeting.text());
        }
        hello();
        if (settings.encryption() == Encryption.OFFERED || settings.encryption() == Encryption.REQUIRED) {
            encrypt();
        }
        signIn();
    }

    private void hello() throws IOException, NotOpened {
        Reply reply = wire.ask("EHLO " + settings.localName());
        if (reply.isPositive()) {
            offers = reply.text()
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(Math.min(4, line.length())).strip())
                    .map(line -> line.toUpperCase(Locale.ROOT).replaceFirst("^AUTH=", "AUTH "))
                    .collect(Collectors.toSet());
            return;
        }
        offers = Set.of();
        reply = wire.ask("HELO " + settings.localName());
        if (!reply.isPositive()) {
            throw new NotOpened(Answer.Kind.UNREACHABLE, Problem.NOT_WELCOME, reply.text());
        }
    }

    private void encrypt() throws IOException, NotOpened {
        if (offers("STARTTLS")) {
            Reply reply = wire.ask("STARTTLS");
            if (reply.code() == 220) {
                wire.encrypt();
                hello(); // what was offered in the clear counts no more (RFC 3207, 4.2)
                return;
            }
            if (settings.encryption() == Encryption.REQUIRED) {
                throw new NotOpened(
                        Answer.Kind.UNREACHABLE, Problem.STARTTLS_REFUSED, "STARTTLS refused: " + reply.text());
            }
        } else if (settings.encryption() == Encryption.REQUIRED) {
            throw new NotOpened(
                    Answer.Kind.UNREACHABLE,
                    Problem.STARTTLS_NOT_OFFERED,
                    settings.host() + " offers no STARTTLS on port " + settings.port()
                            + ", and encryption is required. Port 465 with "
                            + (settings.ofInstallation() ? "spring.mail.ssl.enabled=true" : "TLS from the start")
                            + " may be right");
        }
    }

    private void signIn() throws IOException, NotOpened {
        String username = settings.username();
        String password = settings.password() == null ? "" : settings.password();
        if (username == null || !offers("AUTH")) {
            return;
        }
        String mechanisms =
                offers.stream().filter(o -> o.startsWith("AUTH ")).collect(Collectors.joining(" ", "", " "));
        Reply reply;
        if (mechanisms.contains(" PLAIN ")) {
            reply = wire.ask("AUTH PLAIN " + base64("\0" + username + "\0" + password));
        } else if (mechanisms.contains(" LOGIN ")) {
            reply = wire.ask("AUTH LOGIN");
            reply = reply.code() == 334 ? wire.ask(base64(username)) : reply;
            reply = reply.code() == 334 ? wire.ask(base64(password)) : reply;
        } else {
            throw new NotOpened(
                    Answer.Kind.SIGN_IN_REFUSED,
                    Problem.SIGN_IN_WAYS,
                    "Sign-in refused: the mail server offers only"
                            + mechanisms.replace("AUTH", "").stripTrailing() + ", and PLAIN or LOGIN are needed");
        }
        if (!reply.isPositive()) {
            throw new NotOpened(
                    reply.code() / 100 == 4 ? Answer.Kind.UNREACHABLE : Answer.Kind.SIGN_IN_REFUSED,
                    Problem.SIGN_IN_REFUSED,
                    "Sign-in refused: " + reply.text());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends politely. */
    void quit() {
        try {
            wire.write("QUIT\r\n");
        } catch (IOException e) {
            // The server had gone already; nothing was in hand.
        }
        wire.close();
    }
}
