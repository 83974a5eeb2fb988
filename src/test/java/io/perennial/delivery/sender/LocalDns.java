package io.perennial.delivery.sender;

import io.perennial.accounts.AuditLog;
import io.perennial.accounts.Businesses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on this machine that speaks UDP and knows what a test tells it. */
public final class LocalDns implements AutoCloseable {

    private final DatagramSocket socket;
    private final int port;
    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private volatile int rcode = Rcode.NOERROR;

    public LocalDns() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        port = socket.getLocalPort();
        Thread.ofVirtual().start(this::answer);
    }

    /** As {@code perennial.sender.dns} has it. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** A resolver that asks it. */
    public DnsResolver resolver() {
        return new DnsJavaResolver(new SenderProperties(true, address()));
    }

    /** The domain of whichever business is worked in, as this server knows it. */
    public SenderDomain domain(ApplicationContext application) {
        return new SenderDomain(
                application.getBean(DkimStore.class),
                application.getBean(StoredSigningKeys.class),
                new SenderCheck(resolver()),
                application.getBean(Businesses.class),
                application.getBean(EnvelopeDomains.class),
                application.getBean(SendingHosts.class),
                application.getBean(AuditLog.class),
                application.getBean(TransactionTemplate.class));
    }

    /** Adds TXT records; long ones go in strings of 255, as they must. */
    public LocalDns txt(String name, String... values) {
        for (String value : values) {
            StringBuilder strings = new StringBuilder();
            for (int at = 0; at < value.length(); at += 255) {
                strings.append('"')
                        .append(value, at, Math.min(at + 255, value.length()))
                        .append("\" ");
            }
            add(name, Type.TXT, strings.toString());
        }
        return this;
    }

    public LocalDns a(String name, String address) {
        return add(name, Type.A, address);
    }

    public LocalDns mx(String name, String... hosts) {
        for (String host : hosts) {
            add(name, Type.MX, "10 " + host + (host.equals(".") ? "" : "."));
        }
        return this;
    }

    /** Forgets what was there under a name. */
    public LocalDns forget(String name) {
        records.keySet().removeIf(key -> key.startsWith(name + " "));
        return this;
    }

    /** Answers this from now on, for instance {@link Rcode#SERVFAIL}. */
    public void failing(int code) {
        rcode = code;
    }

    private LocalDns add(String name, int type, String data) {
        try {
            Name absolute = Name.fromString(name, Name.root);
            records.computeIfAbsent(name + " " + type, key -> new CopyOnWriteArrayList<>())
                    .add(Record.fromString(absolute, type, DClass.IN, 60, data, Name.root));
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Message question = new Message(Arrays.copyOf(buffer, packet.getLength()));
                Record asked = question.getQuestion();
                Message answer = new Message(question.getHeader().getID());
                answer.getHeader().setFlag(Flags.QR);
                answer.getHeader().setRcode(rcode);
                answer.addRecord(asked, Section.QUESTION);
                String key = asked.getName().toString(true) + " " + asked.getType();
                records.getOrDefault(key, List.of()).forEach(record -> answer.addRecord(record, Section.ANSWER));
                byte[] bytes = answer.toWire(4096);
                socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or somebody else's packet.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
