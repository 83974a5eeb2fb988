package io.perennial.customers.imports;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Remembers a number for each key of a file that may be larger than memory: 64-bit fingerprints in an open table, 12
 * bytes an entry. Two of ten million keys share a fingerprint with a chance of about 1 in 370,000; the fingerprints are
 * salted per import, so nobody can prepare such keys. Past {@link #LIMIT} keys it forgets new ones.
 */
class Fingerprints {

    static final int LIMIT = 10_000_000;

    private final long salt = ThreadLocalRandom.current().nextLong();
    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int size;

    /** What is remembered for the key, or 0. */
    synchronized int get(String key) {
        long print = print(key);
        int slot = slot(keys, print);
        return keys[slot] == print ? values[slot] : 0;
    }

    /** Remembers a number other than 0. */
    synchronized void put(String key, int value) {
        long print = print(key);
        int slot = slot(keys, print);
        if (keys[slot] != print) {
            if (size >= LIMIT) {
                return;
            }
            keys[slot] = print;
            size++;
        }
        values[slot] = value;
        if (size * 5L > keys.length * 3L) {
            grow();
        }
    }

    /** Counts the key once more and returns how often it was seen, this time included. */
    synchronized int count(String key) {
        int next = get(key) + 1;
        put(key, next);
        return next;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int slot(long[] table, long print) {
        int mask = table.length - 1;
        int slot = (int) (print ^ print >>> 32) & mask;
        while (table[slot] != 0 && table[slot] != print) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private long print(String key) {
        long hash = salt;
        for (int i = 0; i < key.length(); i++) {
            hash = mix(hash ^ key.charAt(i));
        }
        return hash == 0 ? 1 : hash;
    }

    /** The finaliser of SplitMix64: every bit of the input moves about half of the output's. */
    private static long mix(long z) {
        long x = z + 0x9E3779B97F4A7C15L;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
