/** Appreciation days: an offer, a voucher for each customer, its mails and its redemption at the till. */
@ApplicationModule(
        allowedDependencies = {
            "tenancy",
            "uikit",
            "accounts",
            "customers",
            "segments",
            "content",
            "campaigns",
            "webhooks"
        })
@NullMarked
package io.perennial.promotions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
