package io.perennial.customers.imports;

import com.ibm.icu.text.CharsetDetector;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In which encoding a file is written. */
public final class Encodings {

    static final Charset WINDOWS_1250 = Charset.forName("windows-1250");
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    static final Charset ISO_8859_2 = Charset.forName("ISO-8859-2");
    static final Charset WINDOWS_1258 = Charset.forName("windows-1258");

    /** The encodings a person can choose from: those of our languages first. */
    public static final List<Charset> CHOICES = Stream.of(
                    "UTF-8",
                    "windows-1250",
                    "windows-1252",
                    "windows-1258",
                    "ISO-8859-1",
                    "ISO-8859-2",
                    "UTF-16LE",
                    "UTF-16BE",
                    "IBM852",
                    "ISO-8859-15",
                    "windows-1251",
                    "windows-1253",
                    "windows-1254",
                    "windows-1257",
                    "KOI8-R",
                    "Big5",
                    "EUC-KR",
                    "GB18030",
                    "Shift_JIS")
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    /** Countries whose shops write windows-1250 where others write windows-1252. */
    private static final Set<String> CENTRAL = Set.of("CZ", "SK", "PL", "HU", "HR", "SI", "RO", "BA", "RS");

    private static final String CENTRAL_LETTERS = "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽąćęłńśźżĄĆĘŁŃŚŹŻöüäőűľĺŕôÖÜÄđĐ";
    private static final String WESTERN_LETTERS = "äöüßÄÖÜéèàçêâîôûñáíóúïëøåæÉÈÀÇ";
    private static final String VIETNAMESE_LETTERS = "ăâđêôơưĂÂĐÊÔƠƯáàãéèíìóòõúùýÁÀÃÉÈÍÌÓÒÕÚÙÝ";
    private static final String VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";

    /** The tones that windows-1258 writes after the vowel. */
    private static final String TONES = "\u0300\u0301\u0303\u0309\u0323";

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
     * A sane guess: a byte order mark, else UTF-16 where every other byte is mostly zero,
     * else UTF-8 where the bytes are valid UTF-8, else the one of the 8-bit encodings
     *
     * in which most of the upper half are letters of the neighbourhood, else what ICU says
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
        if (isUtf8(sample) || isMostlyUtf8(sample)) {
            return StandardCharsets.UTF_8;
        }
        Map<Charset, Integer> scores = new LinkedHashMap<>(); // of equals the first one wins
        boolean central = CENTRAL.contains(country);
        scores.put(central ? WINDOWS_1250 : WINDOWS_1252, 0);
        scores.put(WINDOWS_1250, score(sample, WINDOWS_1250, CENTRAL_LETTERS) + (central ? 1 : 0));
        scores.put(WINDOWS_1252, score(sample, WINDOWS_1252, WESTERN_LETTERS) + (central ? 0 : 1));
        scores.put(ISO_8859_2, score(sample, ISO_8859_2, CENTRAL_LETTERS));
        scores.put(WINDOWS_1258, score(sample, WINDOWS_1258, VIETNAMESE_LETTERS) + (country.equals("VN") ? 2 : 0));
        Charset best =
                Collections.max(scores.entrySet(), Map.Entry.comparingByValue()).getKey();
        return scores.getOrDefault(best, 0) > 0 && !isOtherAlphabet(sample) ? best : elsewhere(sample, best);
    }

    /** Our languages write an accented letter here and there; where one follows the other, it is another alphabet. */
    private static boolean isOtherAlphabet(byte[] sample) {
        int others = 0;
        int following = 0;
        for (int i = 1; i < sample.length; i++) {
            if (sample[i] < 0) {
                others++;
                following += sample[i - 1] < 0 ? 1 : 0;
            }
        }
        return following * 5 > others * 3;
    }

    /** For the alphabets of others, which write none of the letters we know. */
    private static Charset elsewhere(byte[] sample, Charset otherwise) {
        List<Charset> ours = List.of(WINDOWS_1250, WINDOWS_1252, WINDOWS_1258, ISO_8859_2, StandardCharsets.ISO_8859_1);
        return Arrays.stream(new CharsetDetector().setText(sample).detectAll())
                .filter(match -> match.getConfidence() >= 10)
                .flatMap(match -> CHOICES.stream().filter(c -> c.name().equalsIgnoreCase(match.getName())))
                .filter(c -> !ours.contains(c))
                .findFirst()
                .orElse(otherwise);
    }

    /** A few broken characters do not make another encoding of a whole file; their rows are rejected, and shown. */
    private static boolean isMostlyUtf8(byte[] sample) {
        String text = new String(sample, StandardCharsets.UTF_8);
        long others = text.chars().filter(c -> c >= 0x80).count();
        long broken = text.chars().filter(c -> c == '\uFFFD').count();
        return broken * 20 < others;
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
            } else if (TONES.indexOf(c) >= 0) {
                score += i > 0 && VOWELS.indexOf(text.charAt(i - 1)) >= 0 ? 2 : -5;
            } else if (Character.isISOControl(c) || c == '\uFFFD') {
                score -= 5;
            } else if (!Character.isLetter(c) && SIGNS.indexOf(c) < 0) {
                score -= 3;
            }
        }
        return score;
    }
}
