/** Businesses, their staff, roles and permissions, sign-in. */
@ApplicationModule(allowedDependencies = {"tenancy", "uikit"})
@NullMarked
package io.perennial.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
