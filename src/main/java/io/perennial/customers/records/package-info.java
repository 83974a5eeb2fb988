/** Customers and orders as whole records, for programs: read in a stable order, entered one at a time. */
@NamedInterface("records")
@NullMarked
package io.perennial.customers.records;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
