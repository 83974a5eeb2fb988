package io.perennial.kernel;

/**
 * Identity of a business (tenant).
 *
 * @param value positive, as made by {@link TimeOrderedIds}
 */
public record TenantId(long value) {

    public TenantId {
        if (value <= 0) {
            throw new IllegalArgumentException("A tenant id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
