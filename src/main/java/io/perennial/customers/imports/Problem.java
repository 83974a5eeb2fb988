package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.uikit.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Why a row is left out.
 *
 * @param field whose cell is at fault; nothing where it is the row as a whole
 * @param key the reason's words are {@code customers.reject.<key>}
 */
public record Problem(@Nullable ImportField field, String key, Object... args) {

    static Problem of(@Nullable ImportField field, String key, Object... args) {
        return new Problem(field, key, args);
    }

    String text() {
        return Texts.t("customers.reject." + key, args);
    }
}
