/** The running of the installation: its jobs, its health, its version. For operators; nothing depends on it. */
@ApplicationModule(allowedDependencies = {"tenancy", "uikit", "accounts"})
@NullMarked
package io.perennial.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
