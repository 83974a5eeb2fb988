/** The console's pages about campaigns. */
@NullMarked
package io.perennial.campaigns.ui;

import org.jspecify.annotations.NullMarked;
