package io.perennial.api.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each of many: it holds a minute's, which come back evenly. In this process alone: each node counts
 * for itself. Of those not seen for long the fullest are forgotten, which is what a full bucket is.
 */
class TokenBuckets {

    private static final int MOST = 50_000;
    private static final double NANOS_A_MINUTE = 60e9;

    private final int perMinute;
    private final LongSupplier nanos;

    @SuppressWarnings("serial")
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            return size() > MOST;
        }
    };

    TokenBuckets(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /**
     * What somebody got.
     *
     * @param left how many more there are now
     * @param secondsToFull until all are back
     * @param secondsToNext until there is one, rounded up; 0 where there is
     */
    record Taken(boolean allowed, int left, long secondsToFull, long secondsToNext) {}

    synchronized Taken take(Object who) {
        Bucket bucket = refilled(who);
        boolean allowed = bucket.tokens >= 1;
        if (allowed) {
            bucket.tokens--;
        }
        return told(bucket, allowed);
    }

    /** Without taking one. */
    synchronized boolean isEmpty(Object who) {
        return refilled(who).tokens < 1;
    }

    private Bucket refilled(Object who) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(who, w -> new Bucket(perMinute, now));
        bucket.tokens = Math.min(perMinute, bucket.tokens + (now - bucket.at) / NANOS_A_MINUTE * perMinute);
        bucket.at = now;
        return bucket;
    }

    private Taken told(Bucket bucket, boolean allowed) {
        double secondsEach = 60d / perMinute;
        long toNext = bucket.tokens >= 1 ? 0 : (long) Math.ceil((1 - bucket.tokens) * secondsEach);
        return new Taken(
                allowed, (int) bucket.tokens, (long) Math.ceil((perMinute - bucket.tokens) * secondsEach), toNext);
    }

    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }
    }
}
