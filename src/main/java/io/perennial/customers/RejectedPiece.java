package io.perennial.customers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of the file of rejected rows, and why each of its rows is there.
 *
 * @param content rows of a CSV file in UTF-8
 * @param reasons each once
 * @param places of each row its place among the reasons, in two bytes
 */
record RejectedPiece(byte[] content, List<RejectCount> reasons, byte[] places) {

    private static final int LONGEST_NAME = 100;

    /** The place of a row's reason; -1 where none is known. */
    static int place(byte[] places, int row) {
        int at = 2 * row;
        return at + 1 < places.length ? Byte.toUnsignedInt(places[at]) << 8 | Byte.toUnsignedInt(places[at + 1]) : -1;
    }

    private static void write(ByteArrayOutputStream places, int place) {
        places.write(place >> 8);
        places.write(place);
    }

    /** These places without those of some rows. */
    static byte[] without(byte[] places, List<Integer> rows) {
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        for (int row = 0, next = 0; 2 * row < places.length; row++) {
            if (next < rows.size() && rows.get(next) == row) {
                next++;
            } else {
                write(left, place(places, row));
            }
        }
        return left.toByteArray();
    }

    /** Gathers the rows of a piece. */
    static class Maker {

        private final Map<RejectReason, Counted> counted = new LinkedHashMap<>();
        private final ByteArrayOutputStream places = new ByteArrayOutputStream();
        final StringBuilder text = new StringBuilder();

        private static final class Counted {
            private final int place;
            private final String columnName;
            private int rows;

            private Counted(int place, String columnName) {
                this.place = place;
                this.columnName = columnName;
            }
        }

        /** A row was added to the text. */
        void counts(RejectedRow row) {
            Counted its =
                    counted.computeIfAbsent(row.why(), why -> new Counted(counted.size(), shortened(row.column())));
            its.rows++;
            write(places, its.place);
        }

        RejectedPiece end() {
            List<RejectCount> reasons = new ArrayList<>();
            counted.forEach((why, its) -> reasons.add(new RejectCount(why, its.columnName, its.rows)));
            return new RejectedPiece(text.toString().getBytes(StandardCharsets.UTF_8), reasons, places.toByteArray());
        }

        /** Not within a character of two halves. */
        private static String shortened(String name) {
            if (name.length() <= LONGEST_NAME) {
                return name;
            }
            int end = LONGEST_NAME - 1;
            return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + "…";
        }
    }
}
