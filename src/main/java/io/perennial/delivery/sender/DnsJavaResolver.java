package io.perennial.delivery.sender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks the configured name server, or those of the machine, each time anew: who has just changed a record wants to see it. */
@Component
class DnsJavaResolver implements DnsResolver {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int PORT = 53;

    private final @Nullable String server;
    private @Nullable Resolver resolver;

    DnsJavaResolver(SenderProperties properties) {
        this.server = properties.dns() == null || properties.dns().isBlank()
                ? null
                : properties.dns().strip();
    }

    @Override
    public List<String> txt(String name) throws Unavailable {
        return ask(name, Type.TXT)
                .map(TXTRecord.class::cast)
                .map(record -> {
                    StringBuilder text = new StringBuilder();
                    for (byte[] part : record.getStringsAsByteArrays()) {
                        text.append(new String(part, StandardCharsets.UTF_8));
                    }
                    return text.toString();
                })
                .toList();
    }

    @Override
    public List<String> mx(String name) throws Unavailable {
        return ask(name, Type.MX)
                .map(MXRecord.class::cast)
                .sorted(Comparator.comparingInt(MXRecord::getPriority))
                .map(record -> record.getTarget().equals(Name.root)
                        ? "."
                        : record.getTarget().toString(true).toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public List<InetAddress> addresses(String name) throws Unavailable {
        List<InetAddress> all = new ArrayList<>(
                ask(name, Type.A).map(record -> ((ARecord) record).getAddress()).toList());
        all.addAll(ask(name, Type.AAAA)
                .map(record -> ((AAAARecord) record).getAddress())
                .toList());
        return all;
    }

    private Stream<Record> ask(String name, int type) throws Unavailable {
        Message answer;
        try {
            Name absolute = Name.fromString(name, Name.root);
            answer = resolver().send(Message.newQuery(Record.newRecord(absolute, type, DClass.IN)));
        } catch (TextParseException e) {
            return Stream.empty(); // no name at all has no records
        } catch (IOException e) {
            throw new Unavailable("The name server did not answer: " + e.getMessage(), e);
        }
        if (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN) {
            throw new Unavailable("The name server answered " + Rcode.string(answer.getRcode()) + " for " + name);
        }
        return answer.getSection(Section.ANSWER).stream().filter(record -> record.getType() == type);
    }

    private synchronized Resolver resolver() throws Unavailable {
        if (resolver == null) {
            try {
                resolver = made();
            } catch (UnknownHostException | IllegalArgumentException e) {
                throw new Unavailable("The name server is unknown: " + server, e);
            }
            resolver.setTimeout(PATIENCE);
        }
        return resolver;
    }

    private Resolver made() throws UnknownHostException {
        if (server == null) {
            ExtendedResolver machine = new ExtendedResolver();
            machine.setRetries(1);
            return machine;
        }
        int colon = server.lastIndexOf(':');
        boolean withPort = colon > 0 && server.indexOf(':') == colon;
        String host = withPort ? server.substring(0, colon) : server;
        int port = withPort ? Integer.parseInt(server.substring(colon + 1)) : PORT;
        return new SimpleResolver(new InetSocketAddress(InetAddress.getByName(host), port));
    }
}
