package io.perennial.segments.ui;

import io.perennial.segments.Segments;

/**
 * What the pieces of the builder need.
 *
 * @param currency of the business, as shown behind amounts
 */
record BuilderContext(Segments segments, String currency) {}
