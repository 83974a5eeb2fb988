package io.perennial.accounts;

import java.net.URI;

/** Where people reach this installation. Who builds links has the bean of this. */
public interface ConsoleAddress {

    /** Without a trailing slash. */
    URI publicUrl();
}
