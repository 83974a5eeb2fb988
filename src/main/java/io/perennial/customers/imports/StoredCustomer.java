package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
}
