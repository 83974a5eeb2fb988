package io.perennial.uikit;

/** What a colour means; never used without an icon or a word. */
public enum Tone {
    NEUTRAL,
    GOOD,
    ATTENTION,
    BAD,
    INFO;

    String className() {
        return "tone-" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
