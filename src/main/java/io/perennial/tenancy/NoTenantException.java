package io.perennial.tenancy;

/** Tenant-owned data was asked for outside every tenant scope: a fault of the program, never of the user. */
public class NoTenantException extends IllegalStateException {

    public NoTenantException() {
        super("No tenant: open a scope with CurrentTenant.asTenant(...) around this work");
    }
}
