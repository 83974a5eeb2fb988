package io.perennial.sample;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMTP server that delivers nothing: it keeps the newest mails in memory, for a page of the console to show. As
 * little of RFC 5321 as a sender needs, on this machine only.
 */
final class MailCatcher implements AutoCloseable {

    /** How many mails are kept; the oldest go first. */
    static final int KEPT = 2_000;

    private static final Logger log = LoggerFactory.getLogger(MailCatcher.class);
    private static final int LARGEST = 10 * 1024 * 1024;
    private static final int KEPT_BYTES = 96 * 1024 * 1024;

    private final ServerSocket socket;
    private final Deque<CaughtMail> mails = new ArrayDeque<>();
    private long caught;
    private long bytes;

    private MailCatcher(ServerSocket socket) {
        this.socket = socket;
    }

    /** Listens on a free port of the loopback interface. */
    static MailCatcher start() throws IOException {
        MailCatcher catcher = new MailCatcher(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("mail-catcher").start(catcher::accept);
        return catcher;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Newest first. */
    synchronized List<CaughtMail> mails(Predicate<CaughtMail> wanted) {
        List<CaughtMail> found = new ArrayList<>();
        for (Iterator<CaughtMail> newest = mails.descendingIterator(); newest.hasNext(); ) {
            CaughtMail mail = newest.next();
            if (wanted.test(mail)) {
                found.add(mail);
            }
        }
        return found;
    }

    synchronized Optional<CaughtMail> mail(long number) {
        return mails.stream().filter(mail -> mail.number() == number).findFirst();
    }

    synchronized void clear(Predicate<CaughtMail> unwanted) {
        mails.removeIf(unwanted);
        bytes = mails.stream().mapToLong(mail -> mail.content().length).sum();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                log.debug("The mail catcher closed", e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            new Conversation(
                            new BufferedInputStream(connection.getInputStream()),
                            new BufferedOutputStream(connection.getOutputStream()))
                    .run();
        } catch (IOException e) {
            log.debug("A sender went away", e);
        }
    }

    private synchronized void keep(List<String> to, byte[] content) {
        mails.add(CaughtMail.of(++caught, Instant.now(), to, content));
        bytes += content.length;
        while (mails.size() > KEPT || bytes > KEPT_BYTES) {
            bytes -= mails.removeFirst().content().length;
        }
    }

    /** One sender's connection. */
    private final class Conversation {

        private final InputStream in;
        private final OutputStream out;
        private final List<String> receivers = new ArrayList<>();

        private Conversation(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void run() throws IOException {
            say("220 mail catcher");
            for (String line = line(); !line.isEmpty(); line = line()) {
                String command = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
                switch (command) {
                    case "EHLO" -> say("250-mail catcher\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE " + LARGEST);
                    case "HELO", "NOOP" -> say("250 OK");
                    case "MAIL", "RSET" -> {
                        receivers.clear();
                        say("250 OK");
                    }
                    case "RCPT" -> {
                        receivers.add(address(line));
                        say("250 OK");
                    }
                    case "DATA" -> data();
                    case "QUIT" -> {
                        say("221 Bye");
                        return;
                    }
                    default -> say("502 Not understood");
                }
            }
        }

        private void data() throws IOException {
            if (receivers.isEmpty()) {
                say("503 Nobody to receive it");
                return;
            }
            say("354 Go on");
            ByteArrayOutputStream content = new ByteArrayOutputStream(32 * 1024);
            boolean tooLarge = false;
            for (byte[] line = rawLine(); line.length != 0 && !isEnd(line); line = rawLine()) {
                int dot = line[0] == '.' ? 1 : 0;
                tooLarge |= content.size() + line.length > LARGEST;
                if (!tooLarge) {
                    content.write(line, dot, line.length - dot);
                }
            }
            if (tooLarge) {
                say("552 Too large");
            } else {
                keep(receivers, content.toByteArray());
                say("250 Caught");
            }
            receivers.clear();
        }

        private static boolean isEnd(byte[] line) {
            return line[0] == '.' && ((line.length == 3 && line[1] == '\r') || (line.length == 2 && line[1] == '\n'));
        }

        private static String address(String line) {
            int begin = line.indexOf('<');
            int end = line.indexOf('>', begin);
            return begin < 0 || end < 0 ? line : line.substring(begin + 1, end);
        }

        /** A command; empty at the end of the connection. */
        private String line() throws IOException {
            return new String(rawLine(), StandardCharsets.UTF_8).strip();
        }

        /** With its line break; empty at the end of the connection. */
        private byte[] rawLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(128);
            for (int c = in.read(); c >= 0; c = in.read()) {
                line.write(c);
                if (c == '\n' || line.size() > LARGEST) {
                    break;
                }
            }
            return line.toByteArray();
        }

        private void say(String answer) throws IOException {
            out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
