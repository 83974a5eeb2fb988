package io.perennial.accounts;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a member of staff may do. Checked on services by {@code @PreAuthorize("hasAuthority('...')")} with the constant
 * strings in {@link Names}, and on views by {@code @RolesAllowed(Permission.Names.X)}.
 */
public enum Permission {
    CUSTOMER_READ(Names.CUSTOMER_READ),
    CUSTOMER_WRITE(Names.CUSTOMER_WRITE),
    CUSTOMER_IMPORT(Names.CUSTOMER_IMPORT),
    CUSTOMER_EXPORT(Names.CUSTOMER_EXPORT),
    CUSTOMER_ERASE(Names.CUSTOMER_ERASE),
    SEGMENT_READ(Names.SEGMENT_READ),
    SEGMENT_WRITE(Names.SEGMENT_WRITE),
    CONTENT_READ(Names.CONTENT_READ),
    CONTENT_WRITE(Names.CONTENT_WRITE),
    CAMPAIGN_READ(Names.CAMPAIGN_READ),
    CAMPAIGN_WRITE(Names.CAMPAIGN_WRITE),
    CAMPAIGN_SEND(Names.CAMPAIGN_SEND),
    PROMOTION_READ(Names.PROMOTION_READ),
    PROMOTION_WRITE(Names.PROMOTION_WRITE),
    PROMOTION_REDEEM(Names.PROMOTION_REDEEM),
    INSIGHT_READ(Names.INSIGHT_READ),
    SETTINGS_READ(Names.SETTINGS_READ),
    SETTINGS_WRITE(Names.SETTINGS_WRITE),
    STAFF_MANAGE(Names.STAFF_MANAGE),
    AUDIT_READ(Names.AUDIT_READ);

    private final String authority;

    Permission(String authority) {
        this.authority = authority;
    }

    /** The name as Spring Security knows it, for instance {@code campaign:send}. */
    public String authority() {
        return authority;
    }

    /** The part of the product that it is about: {@code campaign}. */
    public String area() {
        return authority.substring(0, authority.indexOf(':'));
    }

    /** Whether it changes nothing: looking and taking one's data along. */
    public boolean isHarmless() {
        return authority.endsWith(":read") || this == CUSTOMER_EXPORT;
    }

    /**
     * These and what they are of no use without: whoever changes something sees it, whoever plans campaigns sees the
     * segments and templates to choose from.
     */
    public static Set<Permission> withNeeded(Set<Permission> chosen) {
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        for (Permission permission : chosen) {
            all.add(permission);
            Arrays.stream(values())
                    .filter(other -> other.authority.equals(permission.area() + ":read"))
                    .forEach(all::add);
            switch (permission) {
                case CAMPAIGN_WRITE, CAMPAIGN_SEND -> {
                    all.add(CAMPAIGN_READ);
                    all.add(SEGMENT_READ);
                    all.add(CONTENT_READ);
                }
                case PROMOTION_WRITE, SEGMENT_WRITE -> all.add(SEGMENT_READ);
                case STAFF_MANAGE -> all.add(SETTINGS_READ);
                default -> {}
            }
        }
        return all;
    }

    /** The authorities as constants, for annotations. */
    public static final class Names {
        public static final String CUSTOMER_READ = "customer:read";
        public static final String CUSTOMER_WRITE = "customer:write";
        public static final String CUSTOMER_IMPORT = "customer:import";
        public static final String CUSTOMER_EXPORT = "customer:export";
        public static final String CUSTOMER_ERASE = "customer:erase";
        public static final String SEGMENT_READ = "segment:read";
        public static final String SEGMENT_WRITE = "segment:write";
        public static final String CONTENT_READ = "content:read";
        public static final String CONTENT_WRITE = "content:write";
        public static final String CAMPAIGN_READ = "campaign:read";
        public static final String CAMPAIGN_WRITE = "campaign:write";
        public static final String CAMPAIGN_SEND = "campaign:send";
        public static final String PROMOTION_READ = "promotion:read";
        public static final String PROMOTION_WRITE = "promotion:write";
        public static final String PROMOTION_REDEEM = "promotion:redeem";
        public static final String INSIGHT_READ = "insight:read";
        public static final String SETTINGS_READ = "settings:read";
        public static final String SETTINGS_WRITE = "settings:write";
        public static final String STAFF_MANAGE = "staff:manage";
        public static final String AUDIT_READ = "audit:read";

        private Names() {}
    }
}
