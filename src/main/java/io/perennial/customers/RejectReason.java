package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why rows are left out: what is wrong, and in which column.
 *
 * @param key of its words, {@code customers.reject.<key>}
 * @param column its place in the file, from 0; {@link #WHOLE_ROW} where the row as a whole is at fault
 */
public record RejectReason(String key, int column) {

    public static final int WHOLE_ROW = -1;

    /** Of rows left out by an earlier version, which did not keep it. */
    static final RejectReason UNKNOWN = new RejectReason("", WHOLE_ROW);

    private static final Pattern WRITTEN = Pattern.compile("([a-z_.]{1,60})\\.(\\d{1,3}|row)");

    /** Whose words tell of a single row, so that there are others for all of them. */
    static final Set<String> OF_ONE_ROW = Set.of(
            "cell_too_long",
            "unclosed_quote",
            "too_few_columns",
            "too_long",
            "unreadable",
            "formula_error",
            "duplicate_id",
            "duplicate_email",
            "duplicate_customer",
            "email_taken",
            "id_taken",
            "no_topic",
            "unknown_person",
            "withdrawn_stays",
            "agreed_later",
            "reserved_order_id",
            "no_rate",
            "order_has_bad_row",
            "no_choice",
            "archived_choice",
            "choice_name",
            "too_many_choices",
            "unknown_customer");

    /** What is wrong with all such rows, in words. */
    public String words() {
        try {
            return t((OF_ONE_ROW.contains(key) ? "customers.rejects." : "customers.reject.") + key);
        } catch (MissingResourceException e) { // of another version
            return t("customers.rejects.other");
        }
    }

    /** For an address of the console. */
    public String written() {
        return key + '.' + (column == WHOLE_ROW ? "row" : Integer.toString(column));
    }

    /** What {@link #written} wrote; nothing where it did not. */
    public static Optional<RejectReason> read(String written) {
        Matcher parts = WRITTEN.matcher(written);
        return parts.matches()
                ? Optional.of(new RejectReason(
                        parts.group(1), parts.group(2).equals("row") ? WHOLE_ROW : Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }
}
