package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By what somebody can be recognised in a text. */
public record Person(
        CustomerId id,
        @Nullable String email,
        @Nullable String externalId,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone) {

    private static final int TELLING = 6;

    /** Words of which each alone tells who it is, for a first look by SQL. */
    public List<String> telling() {
        return Stream.of(email, phone, lastName, externalId)
                .filter(Objects::nonNull)
                .filter(word -> !word.isBlank())
                .toList();
    }

    /** Whether a row of cells is about this person. */
    public boolean isIn(List<String> cells) {
        boolean first = firstName == null;
        boolean last = lastName == null;
        for (String cell : cells) {
            String text = cell.strip().toLowerCase(Locale.ROOT);
            if ((email != null && text.contains(email.toLowerCase(Locale.ROOT)))
                    || (externalId != null && text.equalsIgnoreCase(externalId))
                    || isPhone(text)) {
                return true;
            }
            first |= has(text, firstName);
            last |= has(text, lastName);
        }
        return (firstName != null || lastName != null) && first && last;
    }

    private boolean isPhone(String text) {
        String own = digits(phone);
        return own.length() >= TELLING && digits(text).endsWith(own);
    }

    private static boolean has(String text, @Nullable String name) {
        return name != null && List.of(text.split("[\\s,;]+")).containsAll(words(name));
    }

    private static List<String> words(String name) {
        return List.of(name.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    private static String digits(@Nullable String text) {
        return text == null ? "" : text.replaceAll("\\D", "");
    }
}
