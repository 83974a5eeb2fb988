package io.perennial.customers;

/** How a customer's consent to a topic stands; no status at all means never asked. */
public enum ConsentStatus {
    GRANTED,
    WITHDRAWN
}
