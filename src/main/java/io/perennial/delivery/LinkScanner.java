package io.perennial.delivery;

/** Finds the addresses in a text that comes in pieces. Says all of it, in order, as what it is. */
interface LinkScanner {

    /** The state before the first piece. */
    int START = 0;

    /**
     * Reads on.
     *
     * @param state as left by the piece before
     * @return the state for the next piece
     */
    int scan(String text, int state, Found found);

    /** How many states there are. */
    int states();

    /** Takes what was found. */
    interface Found {

        /** Text that is no address. */
        void plain(String text, int from, int to);

        /** @param quote around the address, or 0 where there is none */
        void linkBegins(char quote);

        void linkPart(String text, int from, int to);

        void linkEnds();

        /** The end of an HTML document's body stands here. */
        default void bodyEnds() {}
    }
}
