/**
 * Metrics over a shop's whole order history, as pure arithmetic on primitive columns: one pass over the orders fills a
 * {@link io.perennial.insights.metrics.ShopHistory}, everything else is computed from that. Days are epoch days of the
 * tenant's calendar; intervals are half open.
 */
@NullMarked
package io.perennial.insights.metrics;

import org.jspecify.annotations.NullMarked;
