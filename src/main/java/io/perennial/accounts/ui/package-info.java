/** Settings, people and one's own account: the views. */
@NullMarked
package io.perennial.accounts.ui;

import org.jspecify.annotations.NullMarked;
