package io.perennial.accounts;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an export of everything leaves out. All other tables that have a {@code tenant_id} are in it whole, new ones too,
 * but for columns that look like secrets.
 */
final class ArchiveContents {

    /** Tables that say nothing of the business, each with the reason. */
    static final Map<String, String> LEFT_OUT = new TreeMap<>(Map.ofEntries(
            Map.entry("data_archive", "exports themselves"),
            Map.entry("data_archive_part", "exports themselves"),
            Map.entry("membership", "written as people, with names and roles"),
            Map.entry("delivery_claim", "working state of sending"),
            Map.entry("delivery_cursor", "working state of sending"),
            Map.entry("pace_booking", "working state of sending"),
            Map.entry("pace_counter", "working state of sending"),
            Map.entry("nightly_run", "working state of jobs"),
            Map.entry("import_chunk", "working state of imports"),
            Map.entry("import_reject_reason", "counted from the rejected rows, which have it in words"),
            Map.entry("segment_upkeep", "working state of segments"),
            Map.entry("count_word", "made from customers to count them"),
            Map.entry("customer_match_key", "made from customers to find duplicates")));

    /** Never exported, whichever table they are in: a secret that was exported is none. */
    private static final Pattern SECRET =
            Pattern.compile("(^|_)(secret|secrets|password|private|token|totp|recovery|passkey)(_|$)|^key_hash$");

    private ArchiveContents() {}

    static boolean isLeftOut(String table) {
        return LEFT_OUT.containsKey(table);
    }

    static boolean isSecret(String column) {
        return SECRET.matcher(column).find();
    }
}
