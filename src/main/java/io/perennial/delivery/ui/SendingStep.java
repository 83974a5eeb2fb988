package io.perennial.delivery.ui;

import io.perennial.uikit.Tone;

/** One more step of the overview at Settings → Sending, contributed as a bean: the warm-up, for instance. */
interface SendingStep {

    /** What it is about, a word or two. */
    String title();

    /** How it stands, in a sentence. */
    String standing();

    Tone tone();

    /** Where it is worked on: a route, without a leading slash. */
    String href();
}
