/** The sending engine: a ledger of messages, SMTP, tracking and unsubscribe links. Knows nothing of campaigns. */
@ApplicationModule(allowedDependencies = {"tenancy", "uikit", "accounts", "customers", "outside", "webhooks"})
@NullMarked
package io.perennial.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
