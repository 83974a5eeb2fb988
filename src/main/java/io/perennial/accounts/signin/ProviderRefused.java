package io.perennial.accounts.signin;

/** What somebody brought back from an OpenID provider does not say who they are. */
public final class ProviderRefused extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, as far as it matters to the person. */
    public enum Reason {
        /** Nothing was asked in this session: it is over, was another browser's, or the answer came a second time. */
        LOST,
        /** More than a quarter of an hour went by. */
        LATE,
        /** They did not agree there. */
        CANCELLED,
        /** The provider would not, or its answer names something else than was asked. */
        NOT_GIVEN,
        /** It answers to another question than the one that was asked. */
        FOREIGN,
        /** What the provider vouches by does not hold. */
        NOT_BELIEVED,
        /** The provider let the person go but does not answer us. */
        UNREACHABLE,
        /** The person was to show there again that it is them, and was let through without. */
        NOT_ASKED_AGAIN
    }

    private final Reason reason;

    ProviderRefused(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** Without a question there is nothing to look at. */
    public static ProviderRefused lost(String detail) {
        return new ProviderRefused(Reason.LOST, detail);
    }

    public Reason reason() {
        return reason;
    }
}
