/** Customers, their orders, consent, suppression, import and timeline. */
@ApplicationModule(allowedDependencies = {"tenancy", "uikit", "accounts", "webhooks"})
@NullMarked
package io.perennial.customers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
