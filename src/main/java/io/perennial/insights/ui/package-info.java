/** The pages of insights: overview, cohorts, RFM, forecast and the list of customers at risk. */
@NullMarked
package io.perennial.insights.ui;

import org.jspecify.annotations.NullMarked;
