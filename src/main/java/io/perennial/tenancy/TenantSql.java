package io.perennial.tenancy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class that speaks SQL itself, past Hibernate's tenant filter. Every statement in it names {@code tenant_id}
 * and takes the tenant explicitly (or says here why it spans tenants). ArchUnit bans JDBC and native SQL elsewhere.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TenantSql {

    /** Why SQL and not entities; and, where statements span tenants, why they may. */
    String value();
}
