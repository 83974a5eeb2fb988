/**
 * Models of repeat purchase and of spending: pure arithmetic, no Spring, no database. All times share one unit (days in
 * the product, weeks in the published tables).
 *
 * <p>Sources: Fader, Hardie and Lee 2005, "Counting Your Customers the Easy Way" (Marketing Science 24(2)): BG/NBD;
 * Batislam, Denizel and Filiztekin 2007 (International Journal of Research in Marketing 24(3)): MBG/NBD; Schmittlein,
 * Morrison and Colombo 1987 with Fader and Hardie 2005, "A Note on Deriving the Pareto/NBD Model"; Fader and Hardie
 * 2013, "The Gamma-Gamma Model of Monetary Value" (note 025).
 */
@NullMarked
package io.perennial.insights.model;

import org.jspecify.annotations.NullMarked;
