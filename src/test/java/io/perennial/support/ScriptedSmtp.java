package io.perennial.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server on plain sockets that does as its script says at every step: answers anything, hangs up, says nothing.
 * Keeps each message whose final dot arrived, whatever was answered then.
 */
public final class ScriptedSmtp implements AutoCloseable {

    /** Answer of a script: hang up without a word. */
    public static final String DROP = "DROP";
    /** Answer of a script: say nothing, keep the connection. */
    public static final String STALL = "STALL";

    private static final Pattern PATH = Pattern.compile("<([^>]*)>");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*<([^>]+)>");

    /** Where a conversation stands. */
    public enum Step {
        CONNECT,
        EHLO,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        /** After the final dot. */
        CONTENT
    }

    /** Decides the answer; null for the friendly one. May block, and may kill somebody. */
    @FunctionalInterface
    public interface Script {
        @Nullable
        String answer(Step step, Exchange exchange);
    }

    /**
     * What the server knows at a step.
     *
     * @param to the recipient, once given
     * @param count how often this step was reached so far on all connections, this time included
     */
    public record Exchange(String from, String to, int count) {}

    /** A message whose end arrived. */
    public record Received(String from, String to, String content) {

        public String messageId() {
            Matcher matcher = MESSAGE_ID.matcher(content);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    private final ServerSocket listener;
    private final Map<Step, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread listening;
    private volatile String offers = "250-scripted\r\n250-AUTH PLAIN\r\n250-PIPELINING\r\n250 8BITMIME";
    private volatile Script script = (step, exchange) -> null;

    public ScriptedSmtp() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        listening = Thread.ofVirtual().start(this::listen);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void script(Script script) {
        this.script = script;
    }

    /** Offers this from now on, instead of PIPELINING, 8BITMIME and AUTH PLAIN. */
    public void offer(String... extensions) {
        StringBuilder lines = new StringBuilder("250-scripted");
        for (String extension : extensions) {
            lines.append("\r\n250-").append(extension);
        }
        offers = lines.append("\r\n250 SIZE").toString();
    }

    /** Every message whose end arrived, in order. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    public List<Received> receivedBy(String address) {
        return received.stream().filter(mail -> mail.to().equals(address)).toList();
    }

    public int count(Step step) {
        return counter(step).get();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            listening.join(); // one that waits in accept() keeps the port open for a moment
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AtomicInteger counter(Step step) {
        return counts.computeIfAbsent(step, s -> new AtomicInteger());
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 16)) {
            OutputStream out = socket.getOutputStream();
            String from = "";
            String to = "";
            boolean welcome = true;
            if (!say(out, Step.CONNECT, from, to, "220 scripted ESMTP")) {
                return;
            }
            String line;
            while ((line = in.readLine()) != null) {
                String verb = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                switch (verb) {
                    case "EHLO", "HELO" -> {
                        if (!say(out, Step.EHLO, from, to, offers)) {
                            return;
                        }
                    }
                    case "AUTH" -> {
                        if (!say(out, Step.AUTH, from, to, "235 2.7.0 Welcome")) {
                            return;
                        }
                    }
                    case "MAIL" -> {
                        from = path(line);
                        to = "";
                        String answer = script.answer(
                                Step.MAIL,
                                new Exchange(from, to, counter(Step.MAIL).incrementAndGet()));
                        if (!say(out, answer, "250 2.1.0 Ok")) {
                            return;
                        }
                        welcome = answer == null || answer.startsWith("2");
                    }
                    case "RCPT" -> {
                        String wanted = path(line);
                        Exchange exchange =
                                new Exchange(from, wanted, counter(Step.RCPT).incrementAndGet());
                        String answer = script.answer(Step.RCPT, exchange);
                        if (!say(out, answer, "250 2.1.5 Ok")) {
                            return;
                        }
                        to = welcome && (answer == null || answer.startsWith("2")) ? wanted : "";
                    }
                    case "DATA" -> {
                        if (to.isEmpty()) {
                            write(out, "503 5.5.1 No valid recipients");
                            continue;
                        }
                        if (!say(out, Step.DATA, from, to, "354 Go ahead")) {
                            return;
                        }
                        String content = content(in);
                        if (content == null) {
                            return;
                        }
                        received.add(new Received(from, to, content));
                        if (!say(out, Step.CONTENT, from, to, "250 2.0.0 Ok: queued")) {
                            return;
                        }
                    }
                    case "QUIT" -> {
                        write(out, "221 2.0.0 Bye");
                        return;
                    }
                    default -> write(out, "250 2.0.0 Ok");
                }
            }
        } catch (IOException e) {
            // The other side is gone: that is often the point of the test.
        }
    }

    /** Answers a step; false when the conversation is over. */
    private boolean say(OutputStream out, Step step, String from, String to, String friendly) throws IOException {
        int count = counter(step).incrementAndGet();
        String answer = script.answer(step, new Exchange(from, to, count));
        // A refused DATA or greeting ends what this server knows to do; clients hang up or reset.
        return say(out, answer, friendly) && !(step == Step.DATA && answer != null && !answer.startsWith("354"));
    }

    private boolean say(OutputStream out, @Nullable String answer, String friendly) throws IOException {
        if (DROP.equals(answer)) {
            return false;
        }
        if (STALL.equals(answer)) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
        String said = answer == null ? friendly : answer;
        write(out, said);
        return true;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The content up to the final dot; null if the connection ended before it. */
    private static @Nullable String content(BufferedReader in) throws IOException {
        StringBuilder content = new StringBuilder(16384);
        String line;
        while ((line = in.readLine()) != null) {
            if (line.equals(".")) {
                return content.toString();
            }
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return null;
    }

    private static String path(String line) {
        Matcher matcher = PATH.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }
}
