/** Mail templates in MJML and Liquid, their rendering and preview. */
@ApplicationModule(allowedDependencies = {"tenancy", "uikit", "accounts", "customers"})
@NullMarked
package io.perennial.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
