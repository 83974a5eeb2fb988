package io.perennial.delivery.sender;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the DNS says of a sender domain, point by point.
 *
 * @param domain of the From
 * @param envelope the domain of the envelope
 */
public record SenderReport(String domain, String envelope, List<Point> points) {

    public SenderReport {
        points = List.copyOf(points);
    }

    /** What a point is about. */
    public enum Topic {
        DKIM,
        SPF,
        DMARC,
        MX
    }

    /** How it stands. */
    public enum Verdict {
        GOOD,
        /** Works, and could be better. */
        ATTENTION,
        BAD,
        /** The DNS could not be asked. */
        UNKNOWN
    }

    /**
     * One point.
     *
     * @param key of the text that says how it stands
     * @param args for it
     * @param advice the record to add or change; null where nothing is to be done, or no record can be told
     */
    public record Point(
            Topic topic,
            Verdict verdict,
            String key,
            List<Object> args,
            @Nullable Advice advice) {

        static Point of(Topic topic, Verdict verdict, String key, @Nullable Advice advice, Object... args) {
            return new Point(topic, verdict, key, List.of(args), advice);
        }
    }

    /**
     * A TXT record as it should be.
     *
     * @param instead what is there now and goes; null where it is to be added
     */
    public record Advice(
            String name, String value, @Nullable String instead) {}

    /** Whether all that was asked is as it should be. */
    public boolean isGood() {
        return points.stream().allMatch(point -> point.verdict() == Verdict.GOOD);
    }

    /** The worst of a topic. */
    public Verdict verdict(Topic topic) {
        List<Verdict> all = points.stream()
                .filter(point -> point.topic() == topic)
                .map(Point::verdict)
                .toList();
        for (Verdict worst : List.of(Verdict.BAD, Verdict.UNKNOWN, Verdict.ATTENTION)) {
            if (all.contains(worst)) {
                return worst;
            }
        }
        return Verdict.GOOD;
    }
}
