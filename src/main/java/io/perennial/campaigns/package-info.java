/** Drafts, schedules and completes campaigns. Sending belongs to delivery. */
@ApplicationModule(
        allowedDependencies = {
            "tenancy",
            "uikit",
            "accounts",
            "customers",
            "segments",
            "content",
            "delivery",
            "webhooks"
        })
@NullMarked
package io.perennial.campaigns;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
