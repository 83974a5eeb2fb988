package io.perennial.segments;

/** What a count may read of customers beside the tables themselves, as far as it shows them as they are. */
enum CountCopy {
    /** Nothing. */
    NONE,
    /** A row of each customer, {@code count_basis}. */
    ROWS,
    /** These rows, and of whom some things hold by words of 64, {@code count_word}. */
    ROWS_AND_WORDS;

    boolean hasRows() {
        return this != NONE;
    }

    boolean hasWords() {
        return this == ROWS_AND_WORDS;
    }
}
