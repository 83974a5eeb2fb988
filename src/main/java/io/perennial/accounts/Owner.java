package io.perennial.accounts;

/** What only owners may do, and may also while their business is suspended or about to be deleted. */
public final class Owner {

    /** For {@code @PreAuthorize} on services and {@code @RolesAllowed} on views; no role can be given it. */
    public static final String AUTHORITY = "business:own";

    private Owner() {}
}
