package io.perennial.accounts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param actorId the member of staff, or null for the product itself
 * @param deed key of the words for what was done, see {@link Deed}
 * @param subjectName what it was done to, as it was called then
 * @param origin internet address it came from, where known
 * @param visitReason why an operator of the installation was inside the business, where it was one
 */
public record AuditEntry(
        long id,
        Instant at,
        @Nullable Long actorId,
        String actorName,
        String deed,
        @Nullable String subjectId,
        @Nullable String subjectName,
        List<AuditChanges.Change> changes,
        @Nullable String origin,
        @Nullable String visitReason) {}
