/** The way to hosts that tenants name: only where the operator lets them go. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.perennial.outside;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
