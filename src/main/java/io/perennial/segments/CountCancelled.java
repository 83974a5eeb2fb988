package io.perennial.segments;

/** Nobody waits for the count any more; the database was told to stop. */
public class CountCancelled extends RuntimeException {

    CountCancelled() {
        super("The count was cancelled");
    }
}
