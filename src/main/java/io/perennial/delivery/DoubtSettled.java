package io.perennial.delivery;

import io.perennial.kernel.TenantId;

/**
 * A person decided about the mails in doubt of a run. Published in the transaction that does it, in the tenant's scope.
 *
 * @param messages how many there were
 */
public record DoubtSettled(
        TenantId tenant, RunId run, String composer, long reference, DoubtChoice choice, long messages) {}
