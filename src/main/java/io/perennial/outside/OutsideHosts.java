package io.perennial.outside;

import io.perennial.kernel.PublicAddress;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Decides whether a host that a tenant named may be connected to, and to which of its addresses. A name is looked up once
 * and the address found is the one to connect to: looked up again, the name may stand for this machine.
 *
 * @see <a href="../../../../../docs/decisions/1003-hosts-that-tenants-name.md">1003-hosts-that-tenants-name.md</a>
 */
@Component
@EnableConfigurationProperties(OutsideProperties.class)
public class OutsideHosts {

    private static final int LONGEST = 500;

    /** Finds the addresses of a name. */
    public interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** A host and the address that it is to be reached at. */
    public record Place(String host, InetAddress address) {}

    private final Lookup lookup;
    private final List<Network> allowed;
    private final OutsideProperties properties;

    @Autowired
    OutsideHosts(OutsideProperties properties) {
        this(properties, InetAddress::getAllByName);
    }

    /** With another way of looking up names. */
    public OutsideHosts(OutsideProperties properties, Lookup lookup) {
        this.lookup = lookup;
        this.properties = properties;
        this.allowed = properties.allowedNetworks().stream().map(Network::parse).toList();
    }

    /** Whether it may be connected to: it is on the open internet, or in a network that the operator allowed. */
    public boolean allows(InetAddress address) {
        return PublicAddress.isPublic(address) || isOwn(address);
    }

    private boolean isOwn(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.holds(address));
    }

    /**
     * Looks a name up.
     *
     * @param host a name or a literal address
     * @return the host with the address to connect to
     * @throws NotOutside if it is unknown, or if any of its addresses may not be connected to: who mixes them with good
     *     ones is up to something
     */
    public Place find(String host) throws NotOutside {
        InetAddress[] all;
        try {
            all = lookup.of(host);
        } catch (UnknownHostException e) {
            throw new NotOutside(NotOutside.Reason.UNKNOWN_HOST, "Nobody knows the host " + host);
        }
        if (all.length == 0 || !Arrays.stream(all).allMatch(this::allows)) {
            throw new NotOutside(
                    NotOutside.Reason.PRIVATE,
                    host + " is within this installation's own network, which perennial.outside.allowed-networks does "
                            + "not allow");
        }
        return new Place(host, all[0]);
    }

    /**
     * As {@link #find(String)}, for an address with http or https.
     *
     * @throws NotOutside if it may not be connected to, or is not encrypted though it leads to the open internet
     */
    public Place find(URI url) throws NotOutside {
        URI known = parse(url.toString());
        Place place = find(bare(known.getHost()));
        boolean own = isOwn(place.address());
        if (!own && !"https".equals(known.getScheme())) {
            throw new NotOutside(NotOutside.Reason.NOT_HTTPS, "On the open internet, only https is spoken");
        }
        if (!own && !properties.ports().contains(port(known))) {
            throw new NotOutside(NotOutside.Reason.PORT, "Port " + port(known) + " is not among those allowed");
        }
        return place;
    }

    /**
     * Reads an address with http or https, without asking the network.
     *
     * @throws NotOutside if it is none, has a user or a fragment, or its host is written in a way that programs read
     *     differently ({@code 0x7f.1}, {@code 2130706433})
     */
    public static URI parse(@Nullable String typed) throws NotOutside {
        String text = typed == null ? "" : typed.strip();
        try {
            if (text.isEmpty() || text.length() > LONGEST) {
                throw malformed();
            }
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            String host = url.getHost();
            if (host == null
                    || !(scheme.equals("http") || scheme.equals("https"))
                    || url.getRawUserInfo() != null
                    || url.getRawFragment() != null
                    || url.getPort() == 0
                    || url.getPort() > 65_535
                    || host.indexOf('%') >= 0
                    || isOddNumber(host)) {
                throw malformed();
            }
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            return new URI(scheme + "://"
                    + (host.startsWith("[") ? host : IDN.toASCII(host).toLowerCase(Locale.ROOT))
                    + (url.getPort() < 0 ? "" : ":" + url.getPort()) + path
                    + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** Of digits but no four numbers: a name that no registry gives out, and an address to some programs. */
    private static boolean isOddNumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean numeric = last.matches("\\d+|0[xX][0-9a-fA-F]*") || host.endsWith(".");
        return numeric && !host.matches("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    }

    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }

    static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static NotOutside malformed() {
        return new NotOutside(NotOutside.Reason.MALFORMED, "This is no address such as https://shop.example/hooks");
    }
}
