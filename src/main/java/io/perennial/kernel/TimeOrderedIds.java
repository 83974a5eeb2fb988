package io.perennial.kernel;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes 64-bit ids that grow with time, so rows inserted together lie together in the clustered index and no round
 * trip to the database is needed: 43 bits of milliseconds since 2024-01-01 (to the year 2302), then 20 bits that
 * start at a random point each millisecond and count up.
 *
 * <p>Two nodes that draw in the same millisecond collide only if their 20-bit ranges overlap; every use is behind a
 * unique key, so such a collision is an error of that insert, never a mixed-up row.
 */
public final class TimeOrderedIds {

    private static final long EPOCH = 1_704_067_200_000L; // 2024-01-01T00:00:00Z
    private static final int SEQUENCE_BITS = 20;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedIds() {}

    /** The next id: positive, larger than every id this process made before. */
    public static long next() {
        return nextBlock(1);
    }

    /** The least id that can be drawn at that time: what was made before has a smaller one. */
    public static long firstAt(Instant time) {
        return Math.max(0, time.toEpochMilli() - EPOCH) << SEQUENCE_BITS;
    }

    /**
     * Reserves a run of consecutive ids, for bulk inserts.
     *
     * @param count how many, at least 1
     * @return the first of them; the last is {@code first + count - 1}
     */
    public static long nextBlock(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A block of ids has at least one, not " + count);
        }
        long fresh = ((System.currentTimeMillis() - EPOCH) << SEQUENCE_BITS) | RANDOM.nextInt(1 << (SEQUENCE_BITS - 1));
        // Start and end in one step: another thread's block begins after this one's end.
        long end = LAST.updateAndGet(last -> Math.max(fresh, last + 1) + count - 1);
        return end - count + 1;
    }
}
