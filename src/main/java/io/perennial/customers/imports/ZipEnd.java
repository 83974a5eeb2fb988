package io.perennial.customers.imports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The end of a ZIP file, which says how large its directory is (APPNOTE 4.3.14 to 4.3.16). */
final class ZipEnd {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LENGTH = 56;
    private static final long IN_THE_LARGER_ONE = 0xFFFFFFFFL;

    private ZipEnd() {}

    /** How many bytes the directory has by the file's own account; 0 where there is no end, as in a file cut off. */
    static long directorySize(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            int length = (int) Math.min(size, END_LENGTH + LONGEST_COMMENT);
            ByteBuffer tail = read(channel, size - length, length);
            long largest = 0;
            for (int at = length - END_LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == END) { // whichever of several a reader takes, and the larger record beside it
                    long small = Integer.toUnsignedLong(tail.getInt(at + 12));
                    largest = Math.max(largest, small == IN_THE_LARGER_ONE ? 0 : small);
                    largest = Math.max(largest, larger(channel, size - length + at));
                }
            }
            return largest;
        }
    }

    /** What the end for large archives says, if there is one before this place. */
    private static long larger(FileChannel channel, long end) throws IOException {
        if (end < LOCATOR_LENGTH) {
            return 0;
        }
        ByteBuffer locator = read(channel, end - LOCATOR_LENGTH, LOCATOR_LENGTH);
        long at = locator.getLong(8);
        if (locator.getInt(0) != LOCATOR_64 || at < 0 || at > channel.size() - END_64_LENGTH) {
            return 0;
        }
        ByteBuffer record = read(channel, at, END_64_LENGTH);
        long size = record.getLong(40);
        return record.getInt(0) != END_64 ? 0 : size < 0 ? Long.MAX_VALUE : size;
    }

    private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // until it is full
        }
        return bytes;
    }
}
