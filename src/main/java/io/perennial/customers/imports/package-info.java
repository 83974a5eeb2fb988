/** How imports work inside: reading files, understanding cells, writing in chunks. */
@NullMarked
package io.perennial.customers.imports;

import org.jspecify.annotations.NullMarked;
