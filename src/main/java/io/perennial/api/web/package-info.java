/** The REST API, {@code /api/v1}: controllers, their records, and the filters before them. */
@NullMarked
package io.perennial.api.web;

import org.jspecify.annotations.NullMarked;
