package io.perennial.content;

import java.time.Instant;

/** Somebody else saved the template since it was opened. */
public class TemplateChangedMeanwhile extends RuntimeException {

    private final String by;
    private final transient Instant at;

    TemplateChangedMeanwhile(String by, Instant at) {
        super("Saved by " + by + " at " + at);
        this.by = by;
        this.at = at;
    }

    public String by() {
        return by;
    }

    public Instant at() {
        return at;
    }
}
