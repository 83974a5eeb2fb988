/** Value types of the whole product: identities, addresses, money. No Spring, no I/O. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.perennial.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
