/**
 * From MJML with Liquid to a mail for one person. Everything a template can do is decided here; see decision record
 * {@code 0401-mail-templates.md}.
 */
@NullMarked
package io.perennial.content.rendering;

import org.jspecify.annotations.NullMarked;
