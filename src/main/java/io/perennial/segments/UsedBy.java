package io.perennial.segments;

/**
 * Something that uses a segment.
 *
 * @param words what it is, ready to show: "the campaign Spring greetings"
 * @param href where it is, a route without a leading slash
 * @param weight how much it needs the segment
 */
public record UsedBy(String words, String href, Weight weight) {

    /** How much something needs a segment. */
    public enum Weight {
        /** It names it, and is asked again for whom it is once the segment is gone: a draft. */
        NAMES,
        /** It cannot do without it, but is out of sight itself: the segment may be put out of sight too, not deleted. */
        RESTS_ON,
        /** It is at work or planned: the segment stays. */
        NEEDS
    }
}
