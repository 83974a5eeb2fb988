package io.perennial.shell;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Takes away what was forged of the {@code X-Forwarded-*} headers, before anything reads them: sign-ins are slowed down by
 * address, and whoever can make one up is never slowed down. Of others than proxies nothing is taken. Of a proxy it is the
 * address that it saw itself, which stands last; where the proxies are named, the last one that is none of them. Whether
 * the headers are read at all is {@code server.forward-headers-strategy}.
 */
class TrustedProxies extends ValveBase {

    private static final String FOR = "X-Forwarded-For";

    /** Spring prefers it to the others, and proxies that write those hand on what the client wrote here. */
    private static final String RFC_7239 = "Forwarded";

    private static final List<String> OTHERS = List.of(
            "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Ssl", "X-Forwarded-Prefix");

    /** From where no stranger comes without a proxy: this machine, and networks that the internet does not route. */
    private static final List<IpAddressMatcher> NEAR = Stream.of(
                    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7", "fe80::/10")
            .map(IpAddressMatcher::new)
            .toList();

    private final List<IpAddressMatcher> named;

    /** @param named addresses and networks of the proxies; empty for one proxy in a network nearby */
    TrustedProxies(List<String> named) {
        super(true);
        this.named = named.stream().map(IpAddressMatcher::new).toList();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        headers.removeHeader(RFC_7239);
        if (isOneOf(named.isEmpty() ? NEAR : named, request.getRemoteAddr())) {
            Optional<String> client = client(headers);
            headers.removeHeader(FOR);
            client.ifPresent(address -> headers.addValue(FOR).setString(address));
        } else {
            headers.removeHeader(FOR);
            OTHERS.forEach(headers::removeHeader);
        }
        getNext().invoke(request, response);
    }

    private Optional<String> client(MimeHeaders headers) {
        List<String> way = new ArrayList<>();
        for (String line : Collections.list(headers.values(FOR))) {
            way.addAll(Stream.of(line.split(",")).map(String::strip).toList());
        }
        return way.reversed().stream()
                .filter(each -> named.isEmpty() || !isOneOf(named, each))
                .findFirst()
                // "unknown" and names are no addresses.
                .filter(each -> each.matches("[0-9a-fA-F.:]{2,45}"));
    }

    private static boolean isOneOf(List<IpAddressMatcher> networks, String address) {
        return address.matches("[0-9a-fA-F.:%a-z]{2,60}") && networks.stream().anyMatch(each -> matches(each, address));
    }

    private static boolean matches(IpAddressMatcher network, String address) {
        try {
            return network.matches(address);
        } catch (IllegalArgumentException e) { // what looks like an address and is none
            return false;
        }
    }
}
