package io.perennial.delivery;

import io.perennial.kernel.TenantId;

/** No message of the run is waiting any more. Published once per run, in a transaction, in the tenant's scope. */
public record RunFinished(TenantId tenant, RunId run, String composer, long reference) {}
