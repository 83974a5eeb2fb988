package io.perennial.delivery;

import io.perennial.delivery.sender.Encryption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Lines to and from a mail server. Sends at once (TCP_NODELAY): without it, Nagle's algorithm and the receiver's delayed
 * acknowledgement wait for each other on every message longer than a buffer, 40 ms and more each.
 */
final class SmtpWire implements AutoCloseable {

    /** Longer replies are no replies. */
    private static final int LONGEST_REPLY = 16_384;

    private final SmtpSettings settings;
    private final StallGuard guard;
    private Socket socket;
    private InputStream in;
    private final byte[] read = new byte[4096];
    private int readFrom;
    private int readTo;
    private OutputStream out;

    /** A reply: its code, and all its lines. */
    record Reply(int code, String text) {

        boolean isPositive() {
            return code / 100 == 2;
        }
    }

    /** Something else listens there. */
    static final class NoMailServer extends IOException {
        NoMailServer(String message) {
            super(message);
        }
    }

    private SmtpWire(SmtpSettings settings, StallGuard guard, Socket socket) throws IOException {
        this.settings = settings;
        this.guard = guard;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static SmtpWire open(SmtpSettings settings, StallGuard guard) throws IOException {
        // The address that was checked is the one that is connected to: a name may stand for another the next time.
        InetAddress address = allowed(settings);
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, settings.port()), (int)
                    settings.connect().toMillis());
            socket.setSoTimeout((int) settings.answer().toMillis());
            SmtpWire wire = new SmtpWire(settings, guard, socket);
            if (settings.encryption() == Encryption.IMPLICIT) {
                wire.encrypt();
            }
            return wire;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static InetAddress allowed(SmtpSettings settings) throws IOException {
        return Arrays.stream(InetAddress.getAllByName(settings.host()))
                .filter(settings.allowed())
                .findFirst()
                .orElseThrow(() -> new SmtpTroubles.PrivateAddress(settings.host()
                        + " is within this installation's own network, which perennial.outside.allowed-networks does "
                        + "not allow"));
    }

    /** Goes on under TLS (RFC 3207). What was read beyond the last reply is not of the encrypted conversation. */
    void encrypt() throws IOException {
        SSLSocket secure = (SSLSocket) settings.tls().createSocket(socket, settings.host(), settings.port(), true);
        if (settings.checkName()) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        secure.startHandshake();
        socket = secure;
        in = secure.getInputStream();
        readFrom = readTo;
        out = secure.getOutputStream();
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        guard.begin(socket);
        try {
            out.write(bytes, from, length);
        } finally {
            guard.end(socket);
        }
    }

    void write(String lines) throws IOException {
        write(lines.getBytes(StandardCharsets.UTF_8));
    }

    Reply ask(String line) throws IOException {
        write(line + "\r\n");
        return read();
    }

    /** Reads one reply, of several lines perhaps (RFC 5321, 4.2.1). The time allowed is that of the whole reply. */
    Reply read() throws IOException {
        long deadline = System.nanoTime() + settings.answer().toNanos();
        StringBuilder text = new StringBuilder(64);
        while (true) {
            int start = text.length();
            for (int b = next(deadline); b != '\n'; b = next(deadline)) {
                if (text.length() >= LONGEST_REPLY) {
                    throw new SocketTimeoutException("The mail server's answer has no end");
                }
                if (b != '\r') {
                    text.append((char) b);
                }
            }
            if (text.length() - start < 4 || text.charAt(start + 3) != '-') {
                return new Reply(code(text, start), text.toString());
            }
            text.append('\n');
        }
    }

    /** One byte; looks at the time only when it must wait for more. */
    private int next(long deadline) throws IOException {
        if (readFrom == readTo) {
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("The mail server's answer has no end");
            }
            int got = in.read(read, 0, read.length);
            if (got < 0) {
                throw new IOException("The mail server ended the connection");
            }
            readFrom = 0;
            readTo = got;
            if (got == 0) {
                return next(deadline);
            }
        }
        return read[readFrom++] & 0xff;
    }

    private static int code(StringBuilder text, int start) throws IOException {
        int code = 0;
        for (int i = start; i < start + 3; i++) {
            int digit = i < text.length() ? text.charAt(i) - '0' : -1;
            if (digit < 0 || digit > 9) {
                throw new NoMailServer("What answers there is no mail server: " + text);
            }
            code = code * 10 + digit;
        }
        return code;
    }

    /** Ends without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
