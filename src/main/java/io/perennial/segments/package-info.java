/** Rules that pick customers: a rule tree compiled to one query, its live count and its explanation. */
@ApplicationModule(
        allowedDependencies = {
            "tenancy",
            "uikit",
            "accounts",
            "customers",
            "webhooks",
            "customers :: attributes",
            "customers :: exports"
        })
@NullMarked
package io.perennial.segments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
