package io.perennial.delivery;

/** Told where the time of sending goes. Called by workers; each counts from its own call before. */
interface StageClock {

    enum Stage {
        /** Taking messages and asking who is no longer to be mailed. */
        CLAIM,
        /** Reading people's data and rendering. */
        COMPOSE,
        /** Links, head and encoding. */
        BUILD,
        /** DKIM. */
        SIGN,
        SEND,
        /** Committing what is begun and what came of it. */
        MARK,
        OTHER
    }

    StageClock NONE = stage -> {};

    /** What was done since the last call was this. */
    void lap(Stage stage);
}
