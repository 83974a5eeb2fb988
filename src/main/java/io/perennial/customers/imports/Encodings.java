package io.perennial.customers.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which encoding a file is written. */
public final class Encodings {

    static final Charset WINDOWS_1250 = Charset.forName("windows-1250");
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    static final Charset ISO_8859_2 = Charset.forName("ISO-8859-2");

    /** The encodings a person can choose from. */
    public static final List<Charset> CHOICES = List.of(
            StandardCharsets.UTF_8,
            WINDOWS_1250,
            ISO_8859_2,
            WINDOWS_1252,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);

    /** Countries whose shops write windows-1250 where others write windows-1252. */
    private static final Set<String> CENTRAL = Set.of("CZ", "SK", "PL", "HU", "HR", "SI", "RO", "BA", "RS");

    private static final String CENTRAL_LETTERS = "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽąćęłńśźżĄĆĘŁŃŚŹŻöüäőűľĺŕôÖÜÄđĐ";
    private static final String WESTERN_LETTERS = "äöüßÄÖÜéèàçêâîôûñáíóúïëøåæÉÈÀÇ";
    private static final String SIGNS = "€–—„“”‘’…§°\u00a0";

    private Encodings() {}

    static Reader reader(InputStream in, Charset charset) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(4);
        byte[] start = buffered.readNBytes(3);
        buffered.reset();
        Charset marked = byteOrderMark(start);
        Charset used = marked == null ? charset : marked;
        if (marked != null) {
            buffered.skipNBytes(marked.equals(StandardCharsets.UTF_8) ? 3 : 2);
        }
        return new InputStreamReader(
                buffered,
                used.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
    }

    static @Nullable Charset byteOrderMark(byte[] start) {
        if (start.length >= 3 && start[0] == (byte) 0xEF && start[1] == (byte) 0xBB && start[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (start.length >= 2 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (start.length >= 2 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    /**
     * A sane guess: a byte order mark, else UTF-16 where every other byte is mostly zero, else UTF-8 where the bytes are valid UTF-8, else the one of three 8-bit encodings
     * in which most of the upper half are letters of the neighbourhood.
     *
     * @param country of the business: where two encodings read equally well, its neighbourhood's wins
     */
    static Charset guess(byte[] sample, String country) {
        Charset marked = byteOrderMark(sample);
        if (marked != null) {
            return marked;
        }
        Charset wide = wide(sample);
        if (wide != null) {
            return wide;
        }
        if (isUtf8(sample)) {
            return StandardCharsets.UTF_8;
        }
        boolean central = CENTRAL.contains(country);
        int win1250 = score(sample, WINDOWS_1250, CENTRAL_LETTERS) + (central ? 1 : 0);
        int iso2 = score(sample, ISO_8859_2, CENTRAL_LETTERS);
        int win1252 = score(sample, WINDOWS_1252, WESTERN_LETTERS) + (central ? 0 : 1);
        if (iso2 > win1250 && iso2 > win1252) {
            return ISO_8859_2;
        }
        return win1250 > win1252 || (central && win1250 == win1252) ? WINDOWS_1250 : WINDOWS_1252;
    }

    /** UTF-16 without a byte order mark: of our neighbourhood's letters, most have a zero for their upper half. */
    private static @Nullable Charset wide(byte[] sample) {
        int[] zeros = new int[2];
        for (int i = 0; i < sample.length; i++) {
            zeros[i % 2] += sample[i] == 0 ? 1 : 0;
        }
        int half = sample.length / 2;
        if (zeros[1] > half / 2 && zeros[0] <= half / 20) {
            return StandardCharsets.UTF_16LE;
        }
        return zeros[0] > half / 2 && zeros[1] <= half / 20 ? StandardCharsets.UTF_16BE : null;
    }

    /** Whether the bytes are UTF-8; a character cut off by the sample's end is forgiven. */
    static boolean isUtf8(byte[] sample) {
        for (int cut = 0; cut < Math.min(4, sample.length + 1); cut++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample, 0, sample.length - cut));
                return true;
            } catch (CharacterCodingException e) {
                // Try again with one byte less.
            }
        }
        return false;
    }

    private static int score(byte[] sample, Charset charset, String letters) {
        int score = 0;
        String text = new String(sample, charset);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (letters.indexOf(c) >= 0) {
                score += 2;
            } else if (Character.isISOControl(c) || c == '\uFFFD') {
                score -= 5;
            } else if (!Character.isLetter(c) && SIGNS.indexOf(c) < 0) {
                score -= 3;
            }
        }
        return score;
    }
}
