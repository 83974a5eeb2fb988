package io.perennial.delivery.sender;

import io.perennial.delivery.sender.DnsResolver.Unavailable;
import io.perennial.delivery.sender.Spf.Standing;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a domain's SPF record with all that it includes (RFC 7208). It asks for everything a receiver might have to ask,
 * so the count is that of the worst case. Macros are counted and match nothing.
 */
final class SpfReader {

    /** Beyond it nobody needs to know how many more there would be. */
    private static final int ENOUGH = 40;

    private static final Pattern VERSION = Pattern.compile("(?i)v=spf1(\\s.*)?");
    private static final Pattern MODIFIER = Pattern.compile("(?i)[a-z][a-z0-9._-]*=.*");
    private static final Set<String> NAMED = Set.of("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists");

    private final DnsResolver dns;
    private final Collection<InetAddress> servers;
    private int lookups;

    private SpfReader(DnsResolver dns, Collection<InetAddress> servers) {
        this.dns = dns;
        this.servers = servers;
    }

    /** @param servers whether one of these may send is told too */
    static Spf read(DnsResolver dns, String domain, Collection<InetAddress> servers) throws Unavailable {
        SpfReader reader = new SpfReader(dns, servers);
        String record = null;
        try {
            record = reader.record(domain);
            if (record == null) {
                return new Spf(Standing.MISSING, null, 0, false, "");
            }
            boolean named = reader.passes(domain, record);
            Standing standing = reader.lookups > Spf.MOST_LOOKUPS
                    ? Standing.TOO_MANY_LOOKUPS
                    : letsEverybody(record) ? Standing.EVERYBODY : Standing.GOOD;
            return new Spf(standing, record, reader.lookups, named, "");
        } catch (Broken e) {
            Standing standing = record == null ? Standing.SEVERAL : Standing.INVALID;
            return new Spf(standing, record, reader.lookups, false, String.valueOf(e.getMessage()));
        }
    }

    /** "PermError": what receivers call a record that they cannot use. */
    private static final class Broken extends Exception {
        Broken(String message) {
            super(message);
        }
    }

    private static boolean letsEverybody(String record) {
        return List.of(record.toLowerCase(Locale.ROOT).split("\\s+")).stream()
                .anyMatch(term -> term.equals("+all") || term.equals("all"));
    }

    private @Nullable String record(String domain) throws Unavailable, Broken {
        List<String> found = dns.txt(domain).stream()
                .filter(text -> VERSION.matcher(text).matches())
                .toList();
        if (found.size() > 1) {
            throw new Broken(domain + ": " + String.join(" | ", found));
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Whether it lets one of the servers send; looks at all of it in any case. */
    private boolean passes(String domain, String record) throws Unavailable, Broken {
        boolean named = false;
        boolean all = false;
        String redirect = null;
        for (String term : record.strip().substring("v=spf1".length()).strip().split("\\s+")) {
            if (term.isEmpty()) {
                continue;
            }
            String lower = term.toLowerCase(Locale.ROOT);
            if (MODIFIER.matcher(term).matches()) {
                redirect = lower.startsWith("redirect=") ? term.substring("redirect=".length()) : redirect;
                continue;
            }
            char qualifier = "+-~?".indexOf(term.charAt(0)) < 0 ? '+' : term.charAt(0);
            String mechanism = "+-~?".indexOf(term.charAt(0)) < 0 ? term : term.substring(1);
            all |= mechanism.equalsIgnoreCase("all");
            boolean matches = matches(domain, mechanism);
            named |= matches && qualifier == '+';
        }
        if (redirect != null && !all) {
            named |= included(redirect, "redirect=" + redirect);
        }
        return named;
    }

    private boolean matches(String domain, String mechanism) throws Unavailable, Broken {
        int end = 0;
        while (end < mechanism.length() && ":/".indexOf(mechanism.charAt(end)) < 0) {
            end++;
        }
        String name = mechanism.substring(0, end).toLowerCase(Locale.ROOT);
        String rest = mechanism.substring(end);
        String value = rest.startsWith(":") ? rest.substring(1) : "";
        if (!NAMED.contains(name) || (!Set.of("all", "a", "mx", "ptr").contains(name) && value.isEmpty())) {
            throw new Broken(mechanism);
        }
        return switch (name) {
            case "ip4", "ip6" -> within(mechanism, value);
            case "include" -> included(value, mechanism);
            case "a" -> hosts(mechanism, target(domain, rest), false);
            case "mx" -> hosts(mechanism, target(domain, rest), true);
            case "exists", "ptr" -> {
                lookups++;
                yield false;
            }
            default -> (!name.equals("all") || !rest.isEmpty()) ? broken(mechanism) : false;
        };
    }

    private static boolean broken(String mechanism) throws Broken {
        throw new Broken(mechanism);
    }

    private boolean included(String domain, String term) throws Unavailable, Broken {
        lookups++;
        if (lookups > ENOUGH || domain.contains("%")) {
            return false;
        }
        String record = record(Domains.ascii(domain));
        if (record == null) {
            throw new Broken(term);
        }
        return passes(Domains.ascii(domain), record);
    }

    private static String target(String domain, String rest) {
        String bare = rest.startsWith(":") ? rest.substring(1) : rest;
        int slash = bare.indexOf('/');
        String named = slash < 0 ? bare : bare.substring(0, slash);
        return named.isEmpty() ? domain : Domains.ascii(named);
    }

    private boolean hosts(String mechanism, String target, boolean mx) throws Unavailable, Broken {
        lookups++;
        if (lookups > ENOUGH || target.contains("%")) {
            return false;
        }
        int slash = mechanism.indexOf('/');
        String sizes = slash < 0 ? "" : mechanism.substring(slash);
        for (String host : mx ? dns.mx(target) : List.of(target)) {
            if (host.equals(".")) {
                continue;
            }
            for (InetAddress address : dns.addresses(host)) {
                if (servers.stream().anyMatch(server -> sameNet(server, address, bits(sizes, address)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The size that {@code /24}, {@code //64} or {@code /24//64} gives for an address of this kind. */
    private static int bits(String sizes, InetAddress address) {
        int whole = address.getAddress().length * 8;
        String wanted =
                whole == 32 ? sizes.replaceFirst("//.*", "") : sizes.replaceFirst("^/?[^/]*(?=//)|^/[^/].*", "");
        String digits = wanted.replace("/", "");
        try {
            return digits.isEmpty() ? whole : Math.min(whole, Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            return whole;
        }
    }

    private boolean within(String mechanism, String net) throws Broken {
        int slash = net.indexOf('/');
        String text = slash < 0 ? net : net.substring(0, slash);
        // Only digits, dots, colons and hex get as far as the parser, which would ask the DNS for names.
        if (!text.matches("[0-9.]+") && !text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new Broken(mechanism);
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            int whole = address.getAddress().length * 8;
            int bits = slash < 0 ? whole : Integer.parseInt(net.substring(slash + 1));
            if (bits < 0 || bits > whole) {
                throw new Broken(mechanism);
            }
            return servers.stream().anyMatch(server -> sameNet(server, address, bits));
        } catch (UnknownHostException | NumberFormatException e) {
            throw new Broken(mechanism);
        }
    }

    private static boolean sameNet(InetAddress a, InetAddress b, int bits) {
        byte[] left = a.getAddress();
        byte[] right = b.getAddress();
        if (left.length != right.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((left[bit / 8] & mask) != (right[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
