/** The page of keys. */
@NullMarked
package io.perennial.api.ui;

import org.jspecify.annotations.NullMarked;
