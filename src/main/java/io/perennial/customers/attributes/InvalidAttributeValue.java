package io.perennial.customers.attributes;

import io.perennial.uikit.Texts;

/** A value that the attribute cannot have; the message says what to do. Without a stack trace: files can be full of it. */
public class InvalidAttributeValue extends IllegalArgumentException {

    private final String key;
    private final transient Object[] args;

    InvalidAttributeValue(String key, Object... args) {
        super(key);
        this.key = key;
        this.args = args;
    }

    /** Of something typed that is none of an attribute's choices. */
    public static InvalidAttributeValue noChoice(CustomerAttribute attribute, String typed) {
        return new InvalidAttributeValue("no_choice", typed, AttributeText.some(attribute));
    }

    /** Ready to show, in the language of the current user. */
    @Override
    public String getMessage() {
        return Texts.t("attributes.invalid." + key, args);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
