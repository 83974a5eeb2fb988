package io.perennial.delivery;

import io.perennial.kernel.TenantId;

/**
 * What a signed link says.
 *
 * @param link which link of the message, for clicks; 0 otherwise
 */
record LinkToken(Purpose purpose, TenantId tenant, long message, long link) {

    enum Purpose {
        CLICK('c', 8),
        OPEN('o', 8),
        UNSUBSCRIBE('u', 12),
        PREFERENCES('p', 12),
        /** As {@link #PREFERENCES}, for a customer rather than a mail: {@code message} is the customer's id. */
        CUSTOMER('k', 12),
        /** The business's page where anybody may sign up; {@code message} is 0. */
        JOIN('j', 8),
        /** Confirms a request for consent: {@code message} is the request's id. It expires with the request. */
        CONFIRM('s', 16),
        /** Not in a link but in the envelope's sender and the Message-ID, by which a bounce finds its message. */
        RETURN('b', 10);

        private final char letter;
        private final int signature;

        Purpose(char letter, int signature) {
            this.letter = letter;
            this.signature = signature;
        }

        /** The letter that stands for it in what is signed. */
        byte code() {
            return (byte) letter;
        }

        /** Bytes of the signature: fewer where a forgery could only make up a visit, more where it could change something. */
        int signature() {
            return signature;
        }
    }
}
