package io.perennial.delivery;

/** Who an open or a click probably came from. Raw events are kept, so better rules can follow. */
enum Verdict {
    /** A person's mail program or browser. */
    HUMAN,
    /** A mailbox provider fetching images at the moment a person opens the mail (Gmail, Yahoo, Seznam). */
    PROXY,
    /** A mailbox that fetches every image by itself, so that nobody can see who opens (Apple Mail's privacy). */
    PREFETCH,
    /** A machine: a link scanner, a preview, a script. */
    SCANNER;

    /** Whether a person did it. */
    boolean isPerson() {
        return this == HUMAN || this == PROXY;
    }
}
