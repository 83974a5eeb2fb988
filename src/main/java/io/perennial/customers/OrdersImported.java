package io.perennial.customers;

import io.perennial.kernel.TenantId;

/** Orders of a business were added or changed by an import that is now at its end; what it wrote is committed. */
public record OrdersImported(TenantId tenant) {}
