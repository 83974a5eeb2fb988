/** The pages about sending: settings, queues, what comes back. */
@NullMarked
package io.perennial.delivery.ui;

import org.jspecify.annotations.NullMarked;
