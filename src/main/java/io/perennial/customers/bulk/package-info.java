/** Deeds on many customers at once, in the background. */
@NullMarked
package io.perennial.customers.bulk;

import org.jspecify.annotations.NullMarked;
