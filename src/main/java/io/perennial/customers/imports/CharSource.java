package io.perennial.customers.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** Characters one by one, with a look ahead and a place to come back to; no more in memory than from that place on. */
class CharSource implements Closeable {

    private static final int BLOCK = 1 << 16;

    private final Reader text;
    private char[] buffer = new char[BLOCK];
    private int position;
    private int filled;
    private int mark = -1;

    CharSource(Reader text) {
        this.text = text;
    }

    /** The next character, or -1 at the end. */
    int read() throws IOException {
        return position < filled || fill() ? buffer[position++] : -1;
    }

    /** The next character, which stays the next one, or -1 at the end. */
    int peek() throws IOException {
        return position < filled || fill() ? buffer[position] : -1;
    }

    /**
     * Reads characters as long as they are at hand and none of them is the separator or ends a line.
     *
     * @param most of them
     * @return how many were added to the end of {@code into}
     */
    int readUpTo(char separator, int most, StringBuilder into) {
        int from = position;
        int end = Math.min(filled, from + Math.max(0, most));
        while (position < end) {
            char c = buffer[position];
            if (c == separator || c == '\n' || c == '\r') {
                break;
            }
            position++;
        }
        into.append(buffer, from, position - from);
        return position - from;
    }

    /** Remembers this place. */
    void mark() {
        mark = position;
    }

    /** How many characters were read since the remembered place. */
    int sinceMark() {
        return position - mark;
    }

    /** Goes back to the remembered place and forgets it. */
    void rewind() {
        position = mark;
        mark = -1;
    }

    void forgetMark() {
        mark = -1;
    }

    private boolean fill() throws IOException {
        int keepFrom = mark >= 0 ? mark : position;
        int kept = filled - keepFrom;
        if (kept + BLOCK > buffer.length) {
            buffer = Arrays.copyOfRange(buffer, keepFrom, keepFrom + kept + BLOCK);
        } else {
            System.arraycopy(buffer, keepFrom, buffer, 0, kept);
        }
        position -= keepFrom;
        mark = mark >= 0 ? 0 : -1;
        filled = kept;
        int more = text.read(buffer, filled, buffer.length - filled);
        filled += Math.max(more, 0);
        return more > 0;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
