/** The pages of webhooks. */
@NullMarked
package io.perennial.webhooks.ui;

import org.jspecify.annotations.NullMarked;
