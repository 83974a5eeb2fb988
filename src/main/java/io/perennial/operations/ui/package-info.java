/** The operators' pages about the running of the installation. */
@NullMarked
package io.perennial.operations.ui;

import org.jspecify.annotations.NullMarked;
