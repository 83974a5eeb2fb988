/** Main layout, navigation, home, error views and the security chain. Nothing depends on it. */
@ApplicationModule(
        allowedDependencies = {
            "tenancy",
            "uikit",
            "accounts",
            "accounts :: signin",
            "customers",
            "segments",
            "content",
            "delivery",
            "campaigns",
            "promotions",
            "insights"
        })
@NullMarked
package io.perennial.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
