package io.perennial.content;

import io.perennial.kernel.TenantId;

/** A template is about to go for good, in the transaction that deletes it: who names it lets go of it now. */
public record TemplateDeleted(TenantId tenant, TemplateId template) {}
