package io.perennial.segments;

import io.perennial.segments.Rule.Field;
import java.util.Optional;

/** What values are offered for. */
public enum ChoiceOf {
    CITY,
    COUNTRY,
    LOCALE,
    ZONE,
    GENDER,
    TAG,
    TOPIC,
    CATEGORY,
    PRODUCT;

    /** Whose values to offer for a field, or empty where a person types freely. */
    public static Optional<ChoiceOf> field(Field field) {
        return switch (field) {
            case CITY -> Optional.of(CITY);
            case COUNTRY -> Optional.of(COUNTRY);
            case LOCALE -> Optional.of(LOCALE);
            case ZONE -> Optional.of(ZONE);
            case GENDER -> Optional.of(GENDER);
            case TAG -> Optional.of(TAG);
            default -> Optional.empty();
        };
    }
}
