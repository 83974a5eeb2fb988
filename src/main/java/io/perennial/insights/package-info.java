/** Churn, retention, lifetime value: read models, metrics and models of purchase. Nothing depends on it. */
@ApplicationModule(allowedDependencies = {"tenancy", "uikit", "accounts", "customers", "segments"})
@NullMarked
package io.perennial.insights;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
