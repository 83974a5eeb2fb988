/** Stateless Vaadin parts that the features share: page head, badge, metric tile, chart, empty state, formats. */
@ApplicationModule(allowedDependencies = {"tenancy"})
@NullMarked
package io.perennial.uikit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
