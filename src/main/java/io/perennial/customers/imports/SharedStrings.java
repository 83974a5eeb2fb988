package io.perennial.customers.imports;

import io.perennial.customers.ImportRefused;
import io.perennial.uikit.Texts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a workbook, which its cells point to by number. Read no further than asked for; past some megabytes they
 * go to a temporary file that nobody else can read and that is gone when it is closed.
 */
class SharedStrings implements Closeable {

    private static final int IN_MEMORY = 16 << 20;
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST = 20_000_000;

    /** Of so many texts on disk, only the place of the first is kept in memory: of the most, 10 MB. */
    private static final int BLOCK = 16;

    private static final int LENGTH = Integer.BYTES;
    private static final int READ_AT_ONCE = 1 << 10;

    private final Zipped zip;
    private @Nullable XmlPart xml;
    private boolean over;
    private final List<String> first = new ArrayList<>();
    private long inMemory;
    private long[] blocks = new long[1_000];
    private int onDisk;
    private @Nullable FileChannel disk;
    private final ByteBuffer waiting = ByteBuffer.allocate(1 << 20);
    private long written;

    SharedStrings(Zipped zip) {
        this.zip = zip;
    }

    /** The text with this number; empty where there is none. */
    String get(String number) throws IOException {
        int index;
        try {
            index = Integer.parseInt(number.strip());
        } catch (NumberFormatException e) {
            throw new ImportRefused(Texts.t("customers.refused.damaged"));
        }
        while (index >= first.size() + onDisk && !over) {
            readNext();
        }
        if (index < 0 || index >= first.size() + onDisk) {
            return "";
        }
        return index < first.size() ? first.get(index) : fromDisk(index - first.size());
    }

    private void readNext() throws IOException {
        XmlPart part = xml;
        if (part == null) {
            if (!zip.has("xl/sharedStrings.xml")) {
                over = true;
                return;
            }
            part = new XmlPart(zip.read("xl/sharedStrings.xml"));
            xml = part;
        }
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        int phonetic = 0;
        boolean taken = false;
        while (part.next()) {
            if (part.isStart()) {
                switch (part.name()) {
                    case "si" -> inside = true;
                    case "rPh" -> phonetic++;
                    case "t" -> taken = inside && phonetic == 0;
                    default -> {}
                }
            } else if (part.isEnd()) {
                taken = false;
                if (part.name().equals("rPh")) {
                    phonetic--;
                } else if (part.name().equals("si")) {
                    keep(CellWords.unescaped(text.toString()));
                    return;
                }
            } else if (taken && part.isText()) {
                part.appendTo(text);
            }
        }
        over = true;
    }

    private void keep(String text) throws IOException {
        if (onDisk == 0 && inMemory + text.length() <= IN_MEMORY) {
            inMemory += text.length() + 32;
            first.add(text);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long at = written + waiting.position();
        if (at + bytes.length > MOST_BYTES || onDisk >= MOST) {
            throw new ImportRefused(Texts.t("customers.refused.bomb"));
        }
        if (onDisk % BLOCK == 0) {
            if (onDisk / BLOCK == blocks.length) {
                blocks = Arrays.copyOf(blocks, blocks.length * 2);
            }
            blocks[onDisk / BLOCK] = at;
        }
        if (LENGTH + bytes.length > waiting.remaining()) {
            flush();
        }
        waiting.putInt(bytes.length).put(bytes);
        onDisk++;
    }

    private void flush() throws IOException {
        FileChannel channel = disk;
        if (channel == null) {
            channel = FileChannel.open(
                    Files.createTempFile("perennial-texts-", ".tmp"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            disk = channel;
        }
        waiting.flip();
        while (waiting.hasRemaining()) {
            written += channel.write(waiting, written);
        }
        waiting.clear();
    }

    /** A block is read at once as far as short texts go; what is longer, for itself. */
    private String fromDisk(int index) throws IOException {
        long at = blocks[index / BLOCK];
        byte[] near = read(at, READ_AT_ONCE);
        int offset = 0;
        for (int i = index % BLOCK; ; i--) {
            if (offset + LENGTH > near.length) {
                at += offset;
                offset = 0;
                near = read(at, READ_AT_ONCE);
            }
            int length = ByteBuffer.wrap(near, offset, LENGTH).getInt();
            if (i == 0) {
                int from = offset + LENGTH;
                return from + length <= near.length
                        ? new String(near, from, length, StandardCharsets.UTF_8)
                        : new String(read(at + from, length), StandardCharsets.UTF_8);
            }
            offset += LENGTH + length;
        }
    }

    /** So many bytes from there, or fewer where there are no more; what is not written yet is in memory. */
    private byte[] read(long from, int most) throws IOException {
        int length = (int) Math.min(most, written + waiting.position() - from);
        byte[] bytes = new byte[length];
        int stored = (int) Math.clamp(written - from, 0, length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, stored);
        FileChannel channel = disk;
        while (channel != null && buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("The file of texts has become shorter");
            }
        }
        if (stored < length) {
            waiting.get((int) (from + stored - written), bytes, stored, length - stored);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try {
            if (xml != null) {
                xml.close();
            }
        } finally {
            if (disk != null) {
                disk.close();
            }
        }
    }
}
