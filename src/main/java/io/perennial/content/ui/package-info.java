/** The pages of templates: list, gallery and editor. */
@NullMarked
package io.perennial.content.ui;

import org.jspecify.annotations.NullMarked;
