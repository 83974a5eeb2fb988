package io.perennial.accounts;

/**
 * Something that is worth an entry in the audit log. Each feature has an enum of its own. The key is stored, so it never
 * changes; it is also the key of the words for it, a sentence without its subject: "scheduled the campaign {0}".
 */
public interface Deed {

    /** For instance {@code campaigns.deed.scheduled}; at most 60 characters. */
    String key();
}
