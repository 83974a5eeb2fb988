package io.perennial.accounts;

/**
 * Who operates the installation: sees all queues, pauses and unlocks sending. It belongs to a person, not to a role in a
 * business, and the product's own background work does not have it.
 */
public final class Operator {

    /** For {@code @PreAuthorize} on services and {@code @RolesAllowed} on views. */
    public static final String AUTHORITY = "platform:operate";

    private Operator() {}
}
