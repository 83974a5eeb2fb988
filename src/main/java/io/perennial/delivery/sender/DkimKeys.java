package io.perennial.delivery.sender;

import java.security.PrivateKey;
import java.util.List;

/**
 * The keys with which mails of a domain are signed; each gives a signature of its own.
 *
 * @param domain as {@code d=} names it
 */
public record DkimKeys(String domain, List<Key> keys) {

    public DkimKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("No key to sign with");
        }
    }

    /** One key; its public half stands in the DNS at {@code <selector>._domainkey.<domain>}. */
    public record Key(String selector, DkimAlgorithm algorithm, PrivateKey key) {

        @Override
        public String toString() {
            return "Key[" + selector + ", " + algorithm + "]";
        }
    }
}
