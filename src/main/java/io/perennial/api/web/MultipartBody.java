package io.perennial.api.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form with a file in it (RFC 7578), of which only the file is of interest; it goes through without being kept in memory. */
final class MultipartBody {

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("content-disposition:.*;\\s*name=\"?([^\";\\r\\n]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME =
            Pattern.compile("content-disposition:.*;\\s*filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    /** What the part with the file is called. */
    private static final String FILE = "file";

    private static final int LONGEST_HEAD = 8_192;
    private static final int LONGEST_SHOWN = 50;
    private static final String NO_FILE =
            "The form has no file in it. Send one as the part “" + FILE + "”, or the file itself.";
    private static final String CUT_OFF = "The form is cut off or broken. Send it whole.";

    private final InputStream in;
    private final byte[] delimiter;
    /** For each place in the delimiter, how much of its beginning ends there. */
    private final int[] shared;

    private MultipartBody(InputStream in, String boundary) {
        // The first delimiter has no line before it.
        this.in = new SequenceInputStream(
                new ByteArrayInputStream("\r\n".getBytes(StandardCharsets.ISO_8859_1)),
                new BufferedInputStream(in, 1 << 16));
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.shared = new int[delimiter.length];
        for (int i = 1, k = 0; i < delimiter.length; i++) {
            while (k > 0 && delimiter[i] != delimiter[k]) {
                k = shared[k - 1];
            }
            k += delimiter[i] == delimiter[k] ? 1 : 0;
            shared[i] = k;
        }
    }

    /**
     * Copies the file of a form, and reads the form to its end.
     *
     * @return what it is called there; may be empty
     * @throws Refused if there is none, there are two, it is in another part, or the form is broken
     */
    static String copyFile(InputStream in, String contentType, OutputStream out) throws IOException {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw malformed(NO_FILE);
        }
        MultipartBody body = new MultipartBody(in, boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        body.copyPart(OutputStream.nullOutputStream());
        String found = null;
        while (body.goesOn()) {
            String head = body.head();
            String part = group(NAME, head);
            String file = group(FILE_NAME, head);
            if (FILE.equals(part)) {
                if (found != null) {
                    throw malformed("The form has two files. Send each in a request of its own.");
                }
                body.copyPart(out);
                found = file == null ? "" : file;
            } else if (file != null) {
                throw malformed("The file is in the part “" + shown(part) + "”. Send it as the part “" + FILE + "”.");
            } else {
                body.copyPart(OutputStream.nullOutputStream());
            }
        }
        if (found == null) {
            throw malformed(NO_FILE);
        }
        return found;
    }

    private static @Nullable String group(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String shown(@Nullable String part) {
        String clean = part == null ? "" : part.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() > LONGEST_SHOWN ? clean.substring(0, LONGEST_SHOWN) + "…" : clean;
    }

    /** Up to the next delimiter, which is read. */
    private void copyPart(OutputStream out) throws IOException {
        int matched = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            while (matched > 0 && delimiter[matched] != (byte) b) {
                int kept = shared[matched - 1];
                out.write(delimiter, 0, matched - kept);
                matched = kept;
            }
            if (delimiter[matched] == (byte) b) {
                matched++;
            } else {
                out.write(b);
            }
            if (matched == delimiter.length) {
                return;
            }
        }
        throw malformed(CUT_OFF);
    }

    /** Whether another part follows the delimiter. */
    private boolean goesOn() throws IOException {
        int first = in.read();
        while (first == ' ' || first == '\t') {
            first = in.read();
        }
        return first == '\r' && in.read() == '\n';
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int b = in.read();
            if (b < 0 || head.size() > LONGEST_HEAD) {
                throw malformed(CUT_OFF);
            }
            ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
            head.write(b);
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    private static Refused malformed(String detail) {
        return new Refused(ApiProblem.Kind.MALFORMED, detail);
    }
}
