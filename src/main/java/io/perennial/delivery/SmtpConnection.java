package io.perennial.delivery;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mail.autoconfigure.MailProperties;

/** A connection by Angus Mail, kept open from message to message. */
final class SmtpConnection implements MailConnection {

    private final Session session;
    private final MailProperties mail;
    private final long keptNanos;
    private @Nullable Transmission transmission;
    private long lastUsed;

    SmtpConnection(Session session, MailProperties mail, Duration kept) {
        this.session = session;
        this.mail = mail;
        this.keptNanos = kept.toNanos();
    }

    static boolean isImplicitTls(MailProperties mail) {
        return mail.getSsl().isEnabled() || "smtps".equals(mail.getProtocol());
    }

    @Override
    public Answer send(Envelope envelope, byte[] content, Runnable beforeData) {
        boolean reused = transmission != null;
        Answer answer = attempt(envelope, content, beforeData);
        // Servers end connections after a time or a number of messages; that says nothing about the server.
        return reused && answer.kind() == Answer.Kind.UNREACHABLE ? attempt(envelope, content, beforeData) : answer;
    }

    private Answer attempt(Envelope envelope, byte[] content, Runnable beforeData) {
        Transmission open = transmission;
        if (open == null) {
            open = new Transmission(session, isImplicitTls(mail));
            try {
                open.connect(
                        mail.getHost(),
                        mail.getPort() == null ? -1 : mail.getPort(),
                        mail.getUsername(),
                        mail.getPassword());
            } catch (AuthenticationFailedException e) {
                open.abandon();
                String reply = String.valueOf(e.getMessage());
                boolean later = reply.startsWith("4");
                return new Answer(
                        later ? Answer.Kind.UNREACHABLE : Answer.Kind.SIGN_IN_REFUSED, "Sign-in refused: " + reply);
            } catch (MessagingException | RuntimeException e) {
                open.abandon();
                return new Answer(Answer.Kind.UNREACHABLE, reason(e));
            }
            transmission = open;
        }
        boolean finished = false;
        try {
            open.transmit(new Prepared(session, content), envelope, beforeData);
            finished = true;
            return Answer.of(250, open.getLastServerResponse());
        } catch (MessagingException e) {
            Answer answer = open.answerOf(e);
            finished = answer.kind() != Answer.Kind.UNREACHABLE && answer.kind() != Answer.Kind.SILENT;
            return answer;
        } finally {
            lastUsed = System.nanoTime();
            if (!finished) {
                drop();
            }
        }
    }

    @Override
    public void closeIfIdle() {
        if (transmission != null && System.nanoTime() - lastUsed > keptNanos) {
            close();
        }
    }

    @Override
    public void close() {
        Transmission open = transmission;
        transmission = null;
        if (open != null) {
            open.quit();
        }
    }

    private void drop() {
        Transmission open = transmission;
        transmission = null;
        if (open != null) {
            open.abandon();
        }
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage() == null ? deepest : deepest.getMessage());
    }

    /** Content that is already in the form it travels in. */
    private static final class Prepared extends SMTPMessage {

        private final byte[] bytes;

        Prepared(Session session, byte[] bytes) {
            super(session);
            this.bytes = bytes;
        }

        @Override
        public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException {
            out.write(bytes);
        }
    }

    /** Angus's transport, told apart by how far the message in hand has come. */
    private static final class Transmission extends SMTPTransport {

        private Runnable beforeData = () -> {};
        private boolean ended;

        Transmission(Session session, boolean implicitTls) {
            super(
                    session,
                    new URLName(implicitTls ? "smtps" : "smtp", null, -1, null, null, null),
                    implicitTls ? "smtps" : "smtp",
                    implicitTls);
        }

        void transmit(Prepared message, Envelope envelope, Runnable beforeData) throws MessagingException {
            this.beforeData = beforeData;
            this.ended = false;
            message.setEnvelopeFrom(envelope.from());
            sendMessage(message, new Address[] {new InternetAddress(envelope.to(), true)});
        }

        @Override
        protected OutputStream data() throws MessagingException {
            beforeData.run();
            return super.data();
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            ended = true;
            super.finishData();
        }

        Answer answerOf(MessagingException e) {
            for (Exception part = e;
                    part != null;
                    part = part instanceof MessagingException m ? m.getNextException() : null) {
                int code = switch (part) {
                    case SMTPAddressFailedException address -> address.getReturnCode();
                    case SMTPSenderFailedException sender -> sender.getReturnCode();
                    case SMTPSendFailedException send -> send.getReturnCode();
                    default -> -1;
                };
                if (code >= 400 && code < 600) {
                    return Answer.of(code, String.valueOf(part.getMessage()));
                }
            }
            return ended
                    ? new Answer(Answer.Kind.SILENT, "No answer after the whole message was sent: " + reason(e))
                    : new Answer(Answer.Kind.UNREACHABLE, reason(e));
        }

        /** Ends politely. */
        void quit() {
            try {
                close();
            } catch (MessagingException e) {
                // The server had gone already; nothing was in hand.
            }
        }

        /** Ends without a word: this connection is no longer understood. */
        void abandon() {
            quit();
        }

        @Override
        public String toString() {
            return "SMTP to " + getURLName().toString().toLowerCase(Locale.ROOT);
        }
    }
}
