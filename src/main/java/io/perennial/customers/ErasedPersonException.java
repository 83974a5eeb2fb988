package io.perennial.customers;

import static io.perennial.uikit.Texts.t;

/** Somebody asked to be erased, and is not to come back by an import or by hand. */
public class ErasedPersonException extends RuntimeException {

    ErasedPersonException() {
        super(t("customers.reject.erased"));
    }
}
