package io.perennial.customers;

/** Brings a request for consent to the address it is about. Delivery does it, which this module does not know. */
public interface ConfirmationMails {

    /** Why none can be sent for the current business, in words for staff; empty where one can. */
    java.util.Optional<String> hindrance();

    /** Sends the mail of a request soon, off the caller's thread. */
    void sendSoon(ConsentRequest request);
}
