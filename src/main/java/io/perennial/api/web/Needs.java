package io.perennial.api.web;

import io.perennial.accounts.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scopes an operation needs, all of them: told in the description, and to whoever lacks one. What may be done is
 * decided by the services behind it all the same.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {
    Permission[] value();
}
