package io.perennial.customers.imports;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Gives one and the same text for cells that say the same, as most do that stand near each other: numbers of customers and
 * orders, products, prices. What waits for its chunk then takes less memory, and comparing it less time. A table without
 * chains: a text that was not seen for a while is forgotten. Used by the reading thread alone.
 */
class SharedTexts {

    private static final int PLACES = 1 << 12;
    private static final int LONGEST = 200;

    private final @Nullable String[] texts = new String[PLACES];
    private final @Nullable BigDecimal[] numbers = new BigDecimal[PLACES];

    String of(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int place = place(text);
        String known = texts[place];
        if (known != null && known.equals(text)) {
            return known;
        }
        texts[place] = text;
        numbers[place] = null;
        return text;
    }

    /** What {@link #remember} was told of a text that {@link #of} gave. */
    @Nullable
    BigDecimal number(String shared) {
        int place = place(shared);
        return shared.equals(texts[place]) ? numbers[place] : null;
    }

    void remember(String shared, BigDecimal number) {
        int place = place(shared);
        if (shared.equals(texts[place])) {
            numbers[place] = number;
        }
    }

    private static int place(String text) {
        int hash = text.hashCode();
        return (hash ^ hash >>> 12 ^ hash >>> 22) & PLACES - 1;
    }
}
