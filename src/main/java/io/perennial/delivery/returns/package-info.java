/** Mails that come back: bounces, complaints and what else arrives at the envelope's sender. */
@NullMarked
package io.perennial.delivery.returns;

import org.jspecify.annotations.NullMarked;
