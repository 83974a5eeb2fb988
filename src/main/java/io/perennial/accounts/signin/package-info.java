/** The doors: how often one may knock, how a lost password is replaced, second factors, and the sessions that are open. */
@NamedInterface("signin")
@NullMarked
package io.perennial.accounts.signin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
