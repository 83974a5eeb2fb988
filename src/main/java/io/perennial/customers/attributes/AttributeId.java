package io.perennial.customers.attributes;

/** Identity of an attribute within its business. */
public record AttributeId(long value) {

    public AttributeId {
        if (value <= 0) {
            throw new IllegalArgumentException("An attribute id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
