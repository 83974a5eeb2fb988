package io.perennial.customers;

import io.perennial.kernel.CustomerId;

/** This business has no such customer; whether another one has is nobody's business. */
public class CustomerNotFound extends RuntimeException {

    public CustomerNotFound(CustomerId id) {
        super("No customer " + id);
    }
}
