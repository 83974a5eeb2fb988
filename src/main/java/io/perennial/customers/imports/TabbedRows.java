package io.perennial.customers.imports;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Rows as LOAD DATA reads them: UTF-8, tabs between values, \N for nothing, a backslash before what would be mistaken. They
 * are written when they are read, so that there is never more than a piece of the file.
 */
class TabbedRows extends InputStream {

    private static final int PIECE = 1 << 16;

    private final Iterator<@Nullable Object[]> rows;
    private byte[] bytes = new byte[PIECE + (PIECE >> 2)];
    private int position;
    private int length;
    /** The row before, if it is among the bytes, and where its values are: what is the same object is not written anew. */
    private @Nullable Object @Nullable [] last;

    private int[] begins = new int[0];
    private int[] ends = new int[0];

    TabbedRows(Iterable<@Nullable Object[]> rows) {
        this.rows = rows.iterator();
    }

    @Override
    public int read() {
        return position < length || more() ? bytes[position++] & 0xff : -1;
    }

    /** As much as is asked for, as long as there are rows: what is read at once is sent at once. */
    @Override
    public int read(byte[] into, int offset, int most) {
        int done = 0;
        while (done < most && (position < length || more())) {
            int some = Math.min(most - done, length - position);
            System.arraycopy(bytes, position, into, offset + done, some);
            position += some;
            done += some;
        }
        return done == 0 && most > 0 ? -1 : done;
    }

    private boolean more() {
        position = 0;
        length = 0;
        last = null;
        while (length < PIECE && rows.hasNext()) {
            add(rows.next());
        }
        return length > 0;
    }

    private void add(@Nullable Object[] values) {
        if (begins.length != values.length) {
            begins = new int[values.length];
            ends = new int[values.length];
        }
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                put('\t');
            }
            int begin = length;
            if (last != null && values[i] == last[i]) {
                int width = ends[i] - begins[i];
                room(width);
                System.arraycopy(bytes, begins[i], bytes, length, width);
                length += width;
            } else {
                add(values[i]);
            }
            begins[i] = begin;
            ends[i] = length;
        }
        put('\n');
        last = values;
    }

    private void add(@Nullable Object value) {
        switch (value) {
            case null -> {
                put('\\');
                put('N');
            }
            case String text -> text(text);
            case Long number -> number(number);
            case Integer number -> number(number);
            case LocalDateTime time -> time(time);
            case LocalDate day -> day(day);
            case BigDecimal number -> number(number);
            case Boolean yes -> put(yes ? '1' : '0');
            default -> throw new IllegalArgumentException("No way to load a " + value.getClass());
        }
    }

    private void text(String text) {
        room(text.length() * 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                other(text.substring(i));
                return;
            }
            escaped((byte) c);
        }
    }

    /** From the first letter on that is not ASCII; bytes of such letters are never mistaken for signs. */
    private void other(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length * 2);
        for (byte b : utf8) {
            escaped(b);
        }
    }

    private void escaped(byte c) {
        switch (c) {
            case '\t' -> pair('t');
            case '\n' -> pair('n');
            case '\r' -> pair('r');
            case '\\' -> pair('\\');
            case 0 -> pair('0');
            default -> bytes[length++] = c;
        }
    }

    private void pair(char c) {
        bytes[length++] = '\\';
        bytes[length++] = (byte) c;
    }

    private void number(BigDecimal number) {
        String text = number.toPlainString();
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void number(long number) {
        if (number < 0) {
            text(Long.toString(number));
            return;
        }
        int width = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            width++;
        }
        room(width);
        long rest = number;
        for (int i = length + width - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    private void day(LocalDate day) {
        room(10);
        digits(day.getYear(), 4);
        bytes[length++] = '-';
        digits(day.getMonthValue(), 2);
        bytes[length++] = '-';
        digits(day.getDayOfMonth(), 2);
    }

    private void time(LocalDateTime time) {
        day(time.toLocalDate());
        room(16);
        bytes[length++] = ' ';
        digits(time.getHour(), 2);
        bytes[length++] = ':';
        digits(time.getMinute(), 2);
        bytes[length++] = ':';
        digits(time.getSecond(), 2);
        bytes[length++] = '.';
        digits(time.getNano() / 1000, 6);
    }

    private void digits(int number, int width) {
        int rest = number;
        for (int i = length + width - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    private void put(char c) {
        room(1);
        bytes[length++] = (byte) c;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
