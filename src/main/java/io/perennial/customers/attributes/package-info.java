/** What a business keeps about its customers beyond what everybody has: typed, checked and always indexed. */
@NamedInterface("attributes")
@NullMarked
package io.perennial.customers.attributes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
