package io.perennial.customers.attributes;

import io.perennial.uikit.Texts;

/** A definition that cannot be; the message says what to do. */
public class InvalidAttribute extends IllegalArgumentException {

    private final String key;
    private final transient Object[] args;

    InvalidAttribute(String key, Object... args) {
        super(key);
        this.key = key;
        this.args = args;
    }

    /** Ready to show, in the language of the current user. */
    @Override
    public String getMessage() {
        return Texts.t("attributes.refused." + key, args);
    }
}
