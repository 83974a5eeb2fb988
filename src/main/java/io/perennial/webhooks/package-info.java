/**
 * Tells programs of a business what happened in it, by standard webhooks. Features say what happened, in the transaction in
 * which it does; nothing here knows them.
 */
@ApplicationModule(allowedDependencies = {"tenancy", "uikit", "accounts", "outside"})
@NullMarked
package io.perennial.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
