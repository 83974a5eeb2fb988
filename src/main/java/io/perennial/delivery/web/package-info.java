/** The pages and addresses that customers reach from their mails. */
@NullMarked
package io.perennial.delivery.web;

import org.jspecify.annotations.NullMarked;
