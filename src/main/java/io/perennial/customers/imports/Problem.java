package io.perennial.customers.imports;

import io.perennial.customers.ImportField;
import io.perennial.customers.attributes.CustomerAttribute;
import io.perennial.uikit.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Why a row is left out.
 *
 * @param field whose cell is at fault; nothing where it is the row as a whole, or an attribute's
 * @param attribute the key of the attribute whose cell is at fault, or nothing
 * @param key the reason's words are {@code customers.reject.<key>}
 */
public record Problem(@Nullable ImportField field, @Nullable String attribute, String key, Object... args) {

    static Problem of(@Nullable ImportField field, String key, Object... args) {
        return new Problem(field, null, key, args);
    }

    static Problem ofAttribute(CustomerAttribute attribute, String key, Object... args) {
        return new Problem(null, attribute.key(), key, args);
    }

    String text() {
        return Texts.t("customers.reject." + key, args);
    }
}
