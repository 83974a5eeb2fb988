package io.perennial.delivery;

/**
 * What of a mail is tracked.
 *
 * @param opens whether it carries a pixel
 * @param clicks whether its links lead through here
 */
record Tracked(boolean opens, boolean clicks) {

    static final Tracked ALL = new Tracked(true, true);
    static final Tracked NOTHING = new Tracked(false, false);
}
