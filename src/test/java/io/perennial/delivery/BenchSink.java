package io.perennial.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Iterator;

/**
 * A mail server that takes everything as fast as one thread can, for measuring. Runs as a process of its own, so that
 * what it costs is seen apart. Prints its port; answers each line on its input by {@code messages bytes doubled}, where
 * messages are those to {@code c<number>@…} (others may wait in the same database), and doubled counts recipients {@code c<number>@…} that got a second mail, and then forgets all.
 */
final class BenchSink {

    private static final int IN = 1 << 18;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private long messages;
    private long bytes;
    private long doubled;
    private BitSet seen = new BitSet();

    private BenchSink() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] args) throws IOException {
        BenchSink sink = new BenchSink();
        System.out.println(((InetSocketAddress) sink.listener.getLocalAddress()).getPort());
        Thread.ofPlatform().daemon().start(sink::serve);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(sink.report());
        }
    }

    private synchronized String report() {
        String line = messages + " " + bytes + " " + doubled;
        messages = 0;
        bytes = 0;
        doubled = 0;
        seen = new BitSet();
        return line;
    }

    private void serve() {
        try {
            while (true) {
                selector.select();
                synchronized (this) {
                    for (Iterator<SelectionKey> i = selector.selectedKeys().iterator(); i.hasNext(); ) {
                        SelectionKey key = i.next();
                        i.remove();
                        if (key.isAcceptable()) {
                            accept();
                        } else if (!((Conversation) key.attachment()).read()) {
                            key.channel().close();
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = listener.accept();
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        Conversation conversation = new Conversation(channel);
        channel.register(selector, SelectionKey.OP_READ, conversation);
        conversation.say("220 sink ESMTP\r\n");
        conversation.flush();
    }

    /** One connection: what arrived and is not yet understood, and whether a message's content is coming. */
    private final class Conversation {

        private final SocketChannel channel;
        private final byte[] in = new byte[IN];
        private final StringBuilder out = new StringBuilder();
        private int length;
        private boolean content;
        private int number = -1;

        Conversation(SocketChannel channel) {
            this.channel = channel;
        }

        boolean read() {
            try {
                int got = channel.read(ByteBuffer.wrap(in, length, IN - length));
                if (got < 0) {
                    return false;
                }
                length += got;
                bytes += got;
                boolean open = consume();
                flush();
                return open;
            } catch (IOException e) {
                return false;
            }
        }

        private boolean consume() {
            int at = 0;
            while (true) {
                if (content) {
                    int end = endOfContent(at);
                    if (end < 0) {
                        at = Math.max(at, length - 4);
                        break;
                    }
                    at = end;
                    content = false;
                    if (number >= 0) {
                        messages++;
                        doubled += seen.get(number) ? 1 : 0;
                        seen.set(number);
                    }
                    say("250 2.0.0 Ok\r\n");
                    continue;
                }
                int end = at;
                while (end < length && in[end] != '\n') {
                    end++;
                }
                if (end == length) {
                    break;
                }
                if (!command(at)) {
                    return false;
                }
                at = end + 1;
            }
            System.arraycopy(in, at, in, 0, length - at);
            length -= at;
            return true;
        }

        private boolean command(int at) {
            switch (in[at]) {
                case 'E', 'e' -> say("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 0\r\n");
                case 'D', 'd' -> {
                    content = true;
                    say("354 go\r\n");
                }
                case 'R', 'r' -> {
                    number = -1;
                    for (int i = at + 10; i < length && in[i] >= '0' && in[i] <= '9'; i++) { // RCPT TO:<c123@
                        number = Math.max(number, 0) * 10 + in[i] - '0';
                    }
                    say("250 2.1.5 Ok\r\n");
                }
                case 'Q', 'q' -> {
                    return false;
                }
                default -> say("250 2.1.0 Ok\r\n");
            }
            return true;
        }

        /** After CRLF.CRLF, or -1; looks at each fifth byte only, as most bytes are none of these three. */
        private int endOfContent(int from) {
            for (int i = from + 4; i < length; ) {
                byte b = in[i];
                if (b == '\n') {
                    if (in[i - 1] == '\r' && in[i - 2] == '.' && in[i - 3] == '\n' && in[i - 4] == '\r') {
                        return i + 1;
                    }
                    i += 2;
                } else if (b == '\r') {
                    i += 1;
                } else if (b == '.') {
                    i += 2;
                } else {
                    i += 5;
                }
            }
            return -1;
        }

        void say(String reply) {
            out.append(reply);
        }

        void flush() throws IOException {
            if (!out.isEmpty()) {
                ByteBuffer reply = ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.US_ASCII));
                out.setLength(0);
                while (reply.hasRemaining()) {
                    channel.write(reply);
                }
            }
        }
    }
}
