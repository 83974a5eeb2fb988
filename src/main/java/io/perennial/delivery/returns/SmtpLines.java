package io.perennial.delivery.returns;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side's lines. Only CRLF ends one, so that no server in front of us sees another end of a mail than we do;
 * the whole conversation has an end in time, too.
 */
final class SmtpLines {

    private static final int LONGEST_COMMAND = 1024;
    /** RFC 5321 says 1,000; some servers write longer ones into bounces. */
    private static final int LONGEST_LINE = 64 << 10;

    private static final long LONGEST_TALK = Duration.ofMinutes(15).toNanos();

    private final InputStream in;
    private final OutputStream out;
    private final int timeout;
    private final long deadline = System.nanoTime() + LONGEST_TALK;

    SmtpLines(Socket socket, Duration timeout) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 13);
        this.out = socket.getOutputStream();
        this.timeout = Math.toIntExact(timeout.toMillis());
        socket.setSoTimeout(this.timeout);
    }

    enum End {
        COMPLETE,
        TOO_LARGE,
        GONE
    }

    void say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** The next command; none at the end of the connection, or if it is too long to be one. */
    @Nullable
    String next() throws IOException {
        byte[] line = line(LONGEST_COMMAND);
        return line == null ? null : new String(line, StandardCharsets.UTF_8);
    }

    /** Reads a mail up to its single dot, without the dots that were doubled. What is too much is read and dropped. */
    End content(ByteArrayOutputStream into, int most) throws IOException {
        long size = 0;
        while (true) {
            byte[] line = line(LONGEST_LINE);
            if (line == null) {
                return End.GONE;
            }
            if (line.length == 1 && line[0] == '.') {
                return size > most ? End.TOO_LARGE : End.COMPLETE;
            }
            int from = line.length > 0 && line[0] == '.' ? 1 : 0;
            size += line.length - from + 2;
            if (size <= most) {
                into.write(line, from, line.length - from);
                into.write('\r');
                into.write('\n');
            } else if (size > 4L * most) {
                return End.GONE;
            }
        }
    }

    private byte @Nullable [] line(int longest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        boolean cr = false;
        while (line.size() <= longest) {
            if (line.size() % 512 == 0 && System.nanoTime() - deadline > 0) {
                return null;
            }
            int b = in.read();
            if (b < 0) {
                return null;
            }
            if (cr && b == '\n') {
                byte[] bytes = line.toByteArray();
                return java.util.Arrays.copyOf(bytes, bytes.length - 1);
            }
            cr = b == '\r';
            line.write(b);
        }
        return null;
    }
}
