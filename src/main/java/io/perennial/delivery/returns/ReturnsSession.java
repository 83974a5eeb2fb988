package io.perennial.delivery.returns;

import io.perennial.delivery.ReturnsProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with a server that returns mails (RFC 5321). Strict: only recipients with a good signature, and the
 * addresses for complaints; lines end with CRLF and are short; nothing is relayed, as nothing can be.
 */
final class ReturnsSession {

    private static final Logger log = LoggerFactory.getLogger(ReturnsSession.class);
    private static final int MOST_FAULTS = 8;
    private static final int MOST_RECIPIENTS = 20;
    private static final int MOST_MAILS = 200;
    private static final Pattern PATH = Pattern.compile(":\\s*<([^<>\\s]{0,254})>(.*)");
    private static final Pattern SIZE = Pattern.compile("(?i)\\bSIZE=(\\d{1,15})\\b");

    private final String name;
    private final ReturnsProperties.Smtp settings;
    private final @Nullable SSLSocketFactory tls;
    private final Intake intake;
    private final Socket plain;
    private SmtpLines lines;
    private boolean secured;
    private boolean greeted;
    private boolean begun;
    private int faults;
    private int mails;
    private final List<String> recipients = new ArrayList<>();

    ReturnsSession(
            Socket socket, String name, ReturnsProperties.Smtp settings, @Nullable SSLSocketFactory tls, Intake intake)
            throws IOException {
        this.name = name;
        this.settings = settings;
        this.tls = tls;
        this.intake = intake;
        this.plain = socket;
        this.lines = new SmtpLines(socket, settings.timeout());
    }

    void run() throws IOException {
        lines.say("220 " + name + " ESMTP");
        String line = lines.next();
        while (line != null && answer(line)) {
            line = lines.next();
        }
    }

    /** Whether to go on. */
    private boolean answer(String line) throws IOException {
        String verb = line.length() >= 4 ? line.substring(0, 4).toUpperCase(Locale.ROOT) : "";
        switch (verb) {
            case "EHLO" -> hello();
            case "HELO" -> {
                reset();
                greeted = true;
                lines.say("250 " + name);
            }
            case "STAR" -> {
                return startTls();
            }
            case "MAIL" -> mail(line);
            case "RCPT" -> recipient(line);
            case "DATA" -> {
                return data();
            }
            case "RSET" -> {
                reset();
                lines.say("250 2.0.0 OK");
            }
            case "NOOP" -> lines.say("250 2.0.0 OK");
            case "VRFY" -> lines.say("252 2.5.0 Try and see");
            case "QUIT" -> {
                lines.say("221 2.0.0 Bye");
                return false;
            }
            default -> fault("500 5.5.2 What?");
        }
        if (faults > MOST_FAULTS) {
            lines.say("421 4.7.0 Too many errors");
            return false;
        }
        return true;
    }

    private void hello() throws IOException {
        reset();
        greeted = true;
        lines.say("250-" + name);
        lines.say("250-PIPELINING");
        lines.say("250-8BITMIME");
        lines.say("250-ENHANCEDSTATUSCODES");
        if (tls != null && !secured) {
            lines.say("250-STARTTLS");
        }
        lines.say("250 SIZE " + settings.maxSize());
    }

    private boolean startTls() throws IOException {
        SSLSocketFactory factory = tls;
        if (factory == null || secured) {
            fault("502 5.5.1 Not here");
            return true;
        }
        if (lines.hasMore()) {
            return false; // said in plain what is to be taken for encrypted
        }
        lines.say("220 2.0.0 Go ahead");
        SSLSocket encrypted = (SSLSocket) factory.createSocket(plain, null, plain.getPort(), false);
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        lines = new SmtpLines(encrypted, settings.timeout());
        secured = true;
        greeted = false;
        reset();
        return true;
    }

    private void mail(String line) throws IOException {
        Matcher path = PATH.matcher(line);
        if (!greeted || begun || !line.regionMatches(true, 4, " FROM", 0, 5) || !path.find()) {
            fault(greeted && !begun ? "501 5.5.4 MAIL FROM:<address>" : "503 5.5.1 Not now");
            return;
        }
        Matcher size = SIZE.matcher(path.group(2));
        if (size.find() && Long.parseLong(size.group(1)) > settings.maxSize()) {
            fault("552 5.3.4 Too large");
            return;
        }
        begun = true;
        lines.say("250 2.1.0 OK");
    }

    private void recipient(String line) throws IOException {
        Matcher path = PATH.matcher(line);
        if (!begun || !line.regionMatches(true, 4, " TO", 0, 3) || !path.find()) {
            fault(begun ? "501 5.5.4 RCPT TO:<address>" : "503 5.5.1 Not now");
            return;
        }
        String address = path.group(1);
        if (recipients.size() >= MOST_RECIPIENTS) {
            lines.say("452 4.5.3 Too many recipients");
        } else if (intake.isOurs(address) || intake.isForComplaints(address)) {
            recipients.add(address);
            lines.say("250 2.1.5 OK");
        } else {
            log.info(
                    "{} wanted to return a mail to {}: refused", plain.getInetAddress(), Finding.oneLine(address, 100));
            fault("550 5.1.1 No such address");
        }
    }

    private boolean data() throws IOException {
        if (recipients.isEmpty()) {
            fault(begun ? "554 5.5.1 No recipients" : "503 5.5.1 Not now");
            return faults <= MOST_FAULTS;
        }
        lines.say("354 Go ahead");
        ByteArrayOutputStream content = new ByteArrayOutputStream(1 << 14);
        SmtpLines.End end = lines.content(content, settings.maxSize());
        if (end == SmtpLines.End.GONE) {
            return false;
        }
        if (end == SmtpLines.End.TOO_LARGE) {
            lines.say("552 5.3.4 Too large");
        } else {
            lines.say(take(content.toByteArray()));
        }
        reset();
        if (++mails >= MOST_MAILS) {
            lines.say("421 4.7.0 Enough for one connection");
            return false;
        }
        return true;
    }

    private String take(byte[] mail) {
        try {
            for (String recipient : recipients) {
                intake.take(mail, List.of(recipient), ReturnSource.SMTP);
            }
            return "250 2.0.0 Taken";
        } catch (RuntimeException e) {
            log.error("A returned mail could not be kept; its server will try again", e);
            return "451 4.3.0 Later, please";
        }
    }

    private void reset() {
        begun = false;
        recipients.clear();
    }

    private void fault(String answer) throws IOException {
        faults++;
        lines.say(answer);
    }
}
