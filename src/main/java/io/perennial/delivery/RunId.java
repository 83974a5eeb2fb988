package io.perennial.delivery;

/** Identity of a run: one sending to a frozen audience. */
public record RunId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
