/**
 * Who mails are sent as: a business's own mail server, its DKIM keys, and what the DNS says of its domain. Public types
 * are for the other packages of this module.
 */
@NullMarked
package io.perennial.delivery.sender;

import org.jspecify.annotations.NullMarked;
