package io.perennial.delivery;

import io.perennial.kernel.TenantId;

/**
 * What a signed link says.
 *
 * @param link which link of the message, for clicks; 0 otherwise
 */
record LinkToken(Purpose purpose, TenantId tenant, long message, long link) {

    enum Purpose {
        CLICK('c'),
        OPEN('o'),
        UNSUBSCRIBE('u'),
        PREFERENCES('p');

        private final char letter;

        Purpose(char letter) {
            this.letter = letter;
        }

        /** The letter that stands for it in a token. */
        byte code() {
            return (byte) letter;
        }
    }
}
