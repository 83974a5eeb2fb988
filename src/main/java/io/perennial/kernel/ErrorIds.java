package io.perennial.kernel;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** What an unexpected error is called on a page and in the log: six letters and digits, easy to read out. */
public final class ErrorIds {

    /** The smallest number that base 36 writes with six characters. */
    private static final long SIX_CHARACTERS = 60_466_176;

    private ErrorIds() {}

    public static String next() {
        return Long.toString(ThreadLocalRandom.current().nextLong(SIX_CHARACTERS, SIX_CHARACTERS * 36), 36)
                .toUpperCase(Locale.ROOT);
    }
}
