package io.perennial.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bound that sending is measured against: bytes made beforehand, pipelined (RFC 2920) over some connections, without
 * a ledger, a template or a person.
 */
final class RawSender {

    private RawSender() {}

    static void send(int port, int connections, int messages, int bytes) {
        byte[] content = content(bytes);
        List<Thread> threads = new ArrayList<>();
        for (int c = 0; c < connections; c++) {
            int first = (int) ((long) messages * c / connections);
            int end = (int) ((long) messages * (c + 1) / connections);
            threads.add(Thread.ofPlatform().start(() -> sendOver(port, first, end, content)));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static byte[] content(int bytes) {
        String line = "Cerstve prazena kava z Etiopie, tony jasmi=C3=ADnu a citrusu. 0123456789\r\n";
        String text = "Subject: bound\r\n\r\n" + line.repeat(bytes / line.length());
        return (text + ".\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static void sendOver(int port, int first, int end, byte[] content) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
            OutputStream out = socket.getOutputStream();
            reply(in);
            out.write("EHLO bench\r\n".getBytes(StandardCharsets.US_ASCII));
            reply(in);
            ByteArrayOutputStream group = new ByteArrayOutputStream(content.length + 200);
            for (int i = first; i <= end; i++) {
                group.reset();
                if (i > first) {
                    group.write(content, 0, content.length);
                }
                if (i < end) {
                    group.writeBytes(
                            ("MAIL FROM:<shop@roast.example>\r\nRCPT TO:<c" + i + "@bench.example>\r\nDATA\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                }
                group.writeTo(out);
                for (int replies = (i > first ? 1 : 0) + (i < end ? 3 : 0); replies > 0; replies--) {
                    reply(in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reply(InputStream in) throws IOException {
        boolean more = true;
        while (more) {
            for (int i = 0, b = in.read(); b != '\n'; b = in.read(), i++) {
                if (b < 0) {
                    throw new IOException("The sink hung up");
                }
                if (i == 3) {
                    more = b == '-';
                }
            }
        }
    }
}
