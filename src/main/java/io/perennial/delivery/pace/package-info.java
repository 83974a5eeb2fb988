/** How fast, when and how often is sent: limits, quiet hours, fair turns, the lock. Knows nothing of messages' content. */
@NullMarked
package io.perennial.delivery.pace;

import org.jspecify.annotations.NullMarked;
