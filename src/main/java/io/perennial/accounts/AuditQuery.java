package io.perennial.accounts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log.
 *
 * @param feature only deeds of this part of the product ({@code campaigns}), or all
 * @param actorId only those of this person, or all
 * @param text only those whose subject has this in its name, or all; without regard to case and accents
 * @param from first day in the business's zone, or no bound
 * @param until last day, inclusive, or no bound
 * @param operators only what operators of the installation did inside the business
 */
public record AuditQuery(
        @Nullable String feature,
        @Nullable Long actorId,
        @Nullable String text,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        boolean operators) {

    public AuditQuery(
            @Nullable String feature,
            @Nullable Long actorId,
            @Nullable String text,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {
        this(feature, actorId, text, from, until, false);
    }

    public static AuditQuery all() {
        return new AuditQuery(null, null, null, null, null);
    }

    public boolean isEmpty() {
        return equals(all());
    }
}
