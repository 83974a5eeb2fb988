/** What programs may do in a business: keys, the REST API. It decides nothing: the features' services do. */
@ApplicationModule(
        allowedDependencies = {
            "tenancy",
            "uikit",
            "accounts",
            "customers",
            "webhooks",
            "customers :: records",
            "customers :: attributes",
            "segments",
            "content",
            "delivery",
            "campaigns",
            "promotions",
            "insights"
        })
@NullMarked
package io.perennial.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
