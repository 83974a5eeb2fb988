package io.perennial.delivery;

import io.perennial.delivery.Answer.Kind;
import io.perennial.delivery.SmtpWire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection kept open from message to message. Where the server offers PIPELINING (RFC 2920), sender, recipient and
 * DATA go in one piece, together with the end of the message before: one wait a message instead of four.
 *
 * @see <a href="../../../../../docs/decisions/0503-fast-sending.md">0503-fast-sending.md</a>
 */
final class SmtpConnection implements MailConnection {

    private static final byte[] END = ".\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SmtpSettings settings;
    private final StallGuard guard;
    private volatile @Nullable SmtpSession session;
    private boolean used;
    private long lastUsed;
    /** Whether the server still holds the sender of a refused message. */
    private boolean resetFirst;
    /** The message whose envelope went out already; -1 for none. */
    private int announced = -1;

    SmtpConnection(SmtpSettings settings, StallGuard guard) {
        this.settings = settings;
        this.guard = guard;
    }

    @Override
    public void send(List<Parcel> parcels, Course course) {
        announced = -1;
        boolean goOn = true;
        for (int i = 0; i < parcels.size() && goOn; i++) {
            if (announced != i && !course.mayBegin(i)) {
                break;
            }
            goOn = handOver(parcels, i, course);
        }
        if (announced >= 0) {
            drop(); // the server waits for a content that does not come
        }
    }

    private boolean handOver(List<Parcel> parcels, int i, Course course) {
        boolean reused = used;
        Outcome outcome = attempt(parcels, i, course);
        if (reused && outcome.answer() != null && outcome.answer().kind() == Kind.UNREACHABLE) {
            // Servers end connections after a time or a number of messages; that says nothing about the server.
            outcome = attempt(parcels, i, course);
        }
        lastUsed = System.nanoTime();
        return outcome.answer() != null && course.answered(i, outcome.answer());
    }

    /** @param answer null where the course did not let the content go */
    private record Outcome(@Nullable Answer answer) {}

    private Outcome attempt(List<Parcel> parcels, int i, Course course) {
        SmtpSession open = session;
        if (open == null) {
            announced = -1;
            try {
                open = SmtpSession.open(settings, guard);
            } catch (SmtpSession.NotOpened e) {
                return new Outcome(e.answer());
            }
            session = open;
            used = false;
            resetFirst = false;
        }
        Envelope envelope = parcels.get(i).envelope();
        if (!isAscii(envelope) && !open.offers("SMTPUTF8")) {
            return new Outcome(new Answer(Kind.REFUSED, "The mail server takes no addresses like this one (SMTPUTF8)"));
        }
        boolean contentEnded = false;
        try {
            Reply refusal = envelope(open, envelope, i);
            if (refusal != null) {
                return new Outcome(settle(Answer.of(refusal.code(), refusal.text())));
            }
            if (!course.mayTransmit(i)) {
                drop();
                return new Outcome(null);
            }
            // Asked for before the end goes out: nothing may lie between a message's end and the wait for its answer.
            byte[] next = END;
            boolean ahead = open.offers("PIPELINING")
                    && i + 1 < parcels.size()
                    && isAscii(parcels.get(i + 1).envelope())
                    && course.mayBegin(i + 1);
            if (ahead) {
                next = (".\r\n" + group(open, parcels.get(i + 1).envelope(), false)).getBytes(StandardCharsets.UTF_8);
            }
            Parcel parcel = parcels.get(i);
            open.wire().write(parcel.bytes(), parcel.from(), parcel.length());
            contentEnded = true;
            open.wire().write(next);
            announced = ahead ? i + 1 : -1;
            Reply reply = open.wire().read();
            used = true;
            return new Outcome(settle(Answer.of(reply.code(), reply.text())));
        } catch (IOException e) {
            drop();
            return new Outcome(
                    contentEnded
                            ? new Answer(
                                    Kind.SILENT, "No answer after the whole message was sent: " + SmtpTroubles.words(e))
                            : new Answer(Kind.UNREACHABLE, SmtpTroubles.words(e)));
        }
    }

    private Answer settle(Answer answer) {
        if (answer.kind() == Kind.UNREACHABLE) {
            drop();
        }
        return answer;
    }

    /** Gives the envelope to the server, unless that was done; a refusal, or null when it waits for the content. */
    private @Nullable Reply envelope(SmtpSession open, Envelope envelope, int i) throws IOException {
        SmtpWire wire = open.wire();
        List<Reply> replies = new ArrayList<>(3);
        if (open.offers("PIPELINING")) {
            if (announced != i) {
                boolean reset = resetFirst;
                wire.write(group(open, envelope, reset));
                if (reset) {
                    wire.read();
                }
            }
            announced = -1;
            for (int step = 0; step < 3; step++) {
                replies.add(wire.read());
                if (replies.getLast().code() == 421) {
                    return replies.getLast(); // nothing more comes
                }
            }
        } else {
            announced = -1;
            if (resetFirst) {
                wire.ask("RSET");
            }
            for (String line : lines(open, envelope)) {
                replies.add(wire.ask(line));
                if (replies.getLast().code() / 100 > 3) {
                    break;
                }
            }
        }
        resetFirst = false;
        Reply refusal = replies.stream()
                .filter(reply -> reply.code() / 100 > 3)
                .findFirst()
                .orElse(null);
        if (refusal != null) {
            resetFirst = true;
            if (replies.getLast().code() == 354) {
                // It waits for a content although it refused the envelope: an empty one, to nobody (RFC 2920, 3.1).
                wire.write(END);
                wire.read();
            }
        } else if (replies.getLast().code() != 354) {
            throw new IOException("The mail server said " + replies.getLast().text() + " to DATA");
        }
        return refusal;
    }

    private static String group(SmtpSession open, Envelope envelope, boolean reset) {
        return (reset ? "RSET\r\n" : "") + String.join("\r\n", lines(open, envelope)) + "\r\n";
    }

    private static List<String> lines(SmtpSession open, Envelope envelope) {
        String parameters = isAscii(envelope) ? "" : " SMTPUTF8" + (open.offers("8BITMIME") ? " BODY=8BITMIME" : "");
        return List.of(
                "MAIL FROM:<" + safe(envelope.from()) + ">" + parameters,
                "RCPT TO:<" + safe(envelope.to()) + ">",
                "DATA");
    }

    /** An address that cannot end its line and begin a command of its own. */
    private static String safe(String address) {
        return MailHeaders.requireOneLine("The address", address)
                .replace(">", "")
                .replace("<", "");
    }

    private static boolean isAscii(Envelope envelope) {
        return isAscii(envelope.to()) && isAscii(envelope.from());
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void closeIfIdle() {
        if (session != null && System.nanoTime() - lastUsed > settings.idle().toNanos()) {
            close();
        }
    }

    @Override
    public void close() {
        SmtpSession open = session;
        session = null;
        if (open != null) {
            open.quit();
        }
    }

    @Override
    public void abandon() {
        SmtpSession open = session;
        if (open != null) {
            open.wire().close();
        }
    }

    /** Ends without a word: this connection is no longer understood. */
    private void drop() {
        SmtpSession open = session;
        session = null;
        announced = -1;
        if (open != null) {
            open.wire().close();
        }
    }
}
