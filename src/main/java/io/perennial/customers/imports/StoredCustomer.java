package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import java.util.List;
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

    /** These values where they are given, what is stored where they are blank; the same object if that changes nothing. */
    StoredCustomer mergedWith(@Nullable Object[] given) {
        @Nullable Object[] merged = values.clone();
        boolean changed = false;
        for (int i = 0; i < merged.length; i++) {
            if (given[i] != null && !given[i].equals(merged[i])) {
                merged[i] = given[i];
                changed = true;
            }
        }
        return changed ? new StoredCustomer(id, merged) : this;
    }
}
