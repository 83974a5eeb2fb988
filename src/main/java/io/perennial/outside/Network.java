package io.perennial.outside;

import java.net.InetAddress;

/**
 * A range of addresses, as {@code 10.1.0.0/16} or {@code fd00:5::/64}; a single address without a length.
 *
 * @param bits how many of the first ones an address has in common with it
 */
record Network(InetAddress base, int bits) {

    /** @throws IllegalArgumentException if it is none; a name is none, since it may mean something else tomorrow */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress base = InetAddress.ofLiteral((slash < 0 ? text : text.substring(0, slash)).strip());
            int all = base.getAddress().length * 8;
            int bits =
                    slash < 0 ? all : Integer.parseInt(text.substring(slash + 1).strip());
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("A length from 0 to " + all);
            }
            return new Network(base, bits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("No network: " + text + " (10.1.0.0/16, fd00:5::/64, 192.168.7.4)", e);
        }
    }

    boolean holds(InetAddress address) {
        byte[] one = base.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
