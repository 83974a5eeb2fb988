/** The pages of customers. */
@NullMarked
package io.perennial.customers.ui;

import org.jspecify.annotations.NullMarked;
