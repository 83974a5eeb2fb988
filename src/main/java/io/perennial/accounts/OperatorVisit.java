package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * That an operator is inside a business: why, and how far. They may look, or also change what can be put right again;
 * never send, export, erase, import, or touch people, keys and settings.
 *
 * @param home the business of their own that they go back to
 */
public record OperatorVisit(long id, long tenantId, long home, String reason, boolean mayWrite)
        implements Serializable {

    /** Held during a visit, instead of {@link Operator#AUTHORITY}. */
    public static final String AUTHORITY = "platform:visit";

    private static final Set<Permission> LOOKING = Set.of(
            Permission.CUSTOMER_READ,
            Permission.SEGMENT_READ,
            Permission.CONTENT_READ,
            Permission.CAMPAIGN_READ,
            Permission.PROMOTION_READ,
            Permission.INSIGHT_READ,
            Permission.SETTINGS_READ,
            Permission.AUDIT_READ);

    private static final Set<Permission> CHANGING = Set.of(
            Permission.CUSTOMER_WRITE,
            Permission.SEGMENT_WRITE,
            Permission.CONTENT_WRITE,
            Permission.CAMPAIGN_WRITE,
            Permission.PROMOTION_WRITE);

    public TenantId tenant() {
        return new TenantId(tenantId);
    }

    /** What an operator may do in a business that they are in. */
    public static Set<Permission> permissions(boolean mayWrite) {
        Set<Permission> all = EnumSet.copyOf(LOOKING);
        if (mayWrite) {
            all.addAll(CHANGING);
        }
        return all;
    }
}
