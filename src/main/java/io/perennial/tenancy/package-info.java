/** The tenant whose data is being worked on, its scope, and the guards around tenant-owned data. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.perennial.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
