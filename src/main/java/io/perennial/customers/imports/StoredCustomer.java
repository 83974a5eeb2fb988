package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the table has it.
 *
 * @param values in the order of {@link #FIELDS}; a birthday is a LocalDate, everything else text
 */
record StoredCustomer(long id, @Nullable Object[] values) {

    /** The fields an import fills, and the columns they are. */
    static final List<ImportField> FIELDS = List.of(
            ImportField.EXTERNAL_ID,
            ImportField.EMAIL,
            ImportField.FIRST_NAME,
            ImportField.LAST_NAME,
            ImportField.PHONE,
            ImportField.GENDER,
            ImportField.BIRTHDAY,
            ImportField.CITY,
            ImportField.COUNTRY,
            ImportField.LOCALE,
            ImportField.ZONE);

    static final String COLUMNS =
            "external_id, email, first_name, last_name, phone, gender, birthday, city, country, locale, zone";

    static final List<String> COLUMN_NAMES = List.of(COLUMNS.split(", "));

    @Nullable
    String externalId() {
        return (String) values[0];
    }

    @Nullable
    String email() {
        return (String) values[1];
    }

    /**
     * These values where they are given, what is stored where the row is silent; the same object if that changes nothing.
     *
     * @param clearing the fields that a blank cell empties
     */
    StoredCustomer mergedWith(@Nullable Object[] given, Set<ImportField> clearing) {
        @Nullable Object[] merged = values.clone();
        boolean changed = false;
        for (int i = 0; i < merged.length; i++) {
            boolean says = given[i] != null || clearing.contains(FIELDS.get(i));
            if (says && !Objects.equals(given[i], merged[i])) {
                merged[i] = given[i];
                changed = true;
            }
        }
        return changed ? new StoredCustomer(id, merged) : this;
    }

    /** How many values of an earlier state are gone in this one. */
    long clearedSince(StoredCustomer before) {
        return IntStream.range(0, values.length)
                .filter(i -> values[i] == null && before.values[i] != null)
                .count();
    }

    /** What is other than in an earlier state, by column. */
    Journal.ChangedCustomer changesSince(StoredCustomer before) {
        Map<String, Journal.Value> columns = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (!Objects.equals(values[i], before.values[i])) {
                columns.put(COLUMN_NAMES.get(i), new Journal.Value(text(before.values[i]), text(values[i])));
            }
        }
        return new Journal.ChangedCustomer(id, columns);
    }

    /**
     * With its former values in the columns that still are as a change left them.
     *
     * @param taken ids ("i...") and addresses ("e...") that belong to others
     * @return the same object if that changes nothing
     */
    StoredCustomer restoredBy(Journal.ChangedCustomer change, Set<String> taken) {
        @Nullable Object[] restored = values.clone();
        boolean changed = false;
        for (int i = 0; i < restored.length; i++) {
            Journal.Value value = change.columns().get(COLUMN_NAMES.get(i));
            boolean free = value == null || i > 1 || !taken.contains((i == 0 ? "i" : "e") + value.before());
            if (value != null && free && Objects.equals(text(values[i]), value.after())) {
                restored[i] = COLUMN_NAMES.get(i).equals("birthday") && value.before() != null
                        ? LocalDate.parse(value.before())
                        : value.before();
                changed = true;
            }
        }
        return changed ? new StoredCustomer(id, restored) : this;
    }

    /** Whether all former values are back. */
    boolean isFully(Journal.ChangedCustomer change) {
        return agrees(change, Journal.Value::before);
    }

    /** Whether it was changed in one of these columns once more. */
    boolean differsFromAfter(Journal.ChangedCustomer change) {
        return !agrees(change, Journal.Value::after);
    }

    private boolean agrees(Journal.ChangedCustomer change, Function<Journal.Value, @Nullable String> expected) {
        for (int i = 0; i < values.length; i++) {
            Journal.Value value = change.columns().get(COLUMN_NAMES.get(i));
            if (value != null && !Objects.equals(text(values[i]), expected.apply(value))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
