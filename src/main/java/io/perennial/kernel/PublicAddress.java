package io.perennial.kernel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Tells addresses of the open internet from those of this machine and its surroundings, to which nobody but the operator
 * may send us.
 */
public final class PublicAddress {

    private PublicAddress() {}

    /** Whether it is reachable by anybody (IANA's special-purpose registries; embedded IPv4 addresses are looked into). */
    public static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic4(bytes);
        }
        return address instanceof Inet6Address && isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xFF;
        int second = b[1] & 0xFF;
        boolean special = first == 0
                || first >= 240
                || (first == 100 && second >= 64 && second < 128) // carriers' own
                || (first == 192 && second == 0 && b[2] == 0)
                || (first == 168 && second == 63 && (b[2] & 0xFF) == 129 && b[3] == 16) // what Azure tells its machines
                || (first == 198 && (second == 18 || second == 19)); // benchmarks
        return !special;
    }

    private static boolean isPublic6(byte[] b) {
        int first = b[0] & 0xFF;
        if (first == 0x20 && (b[1] & 0xFF) == 0x02) {
            return isPublicEmbedded(b, 2); // 6to4
        }
        if (isNat64(b)) {
            return isPublicEmbedded(b, 12);
        }
        boolean teredo = first == 0x20 && b[1] == 1 && b[2] == 0 && b[3] == 0;
        // Only 2000::/3 is given out at all; unique local addresses and the rest lie elsewhere.
        return (first & 0xE0) == 0x20 && !teredo;
    }

    /** The well-known prefix (RFC 6052); a network's own ones (64:ff9b:1::/48) are nobody else's. */
    private static boolean isNat64(byte[] b) {
        byte[] prefix = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
        return Arrays.equals(b, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static boolean isPublicEmbedded(byte[] b, int at) {
        try {
            return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(b, at, at + 4)));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
