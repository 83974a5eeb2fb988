/** The no-configuration start: embedded database, mail catcher and sample businesses. Not in the production jar. */
@ApplicationModule(
        allowedDependencies = {
            "tenancy",
            "uikit",
            "accounts",
            "customers",
            "segments",
            "content",
            "delivery",
            "campaigns",
            "promotions",
            "insights"
        })
@NullMarked
package io.perennial.sample;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
