package io.perennial.outside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came back.
 *
 * @param headers by their names in small letters; of several with one name the first
 * @param body its beginning
 */
public record OutsideAnswer(int status, Map<String, String> headers, byte[] body) {

    private static final int LONGEST_HEAD = 32_768;

    public OutsideAnswer {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    public boolean isGood() {
        return status >= 200 && status < 300;
    }

    static OutsideAnswer read(InputStream in, int most) throws IOException {
        int[] room = {LONGEST_HEAD};
        int status;
        Map<String, String> headers;
        do {
            status = status(line(in, room));
            headers = headers(in, room);
        } while (status >= 100 && status < 200);
        boolean empty = status == 204 || status == 304;
        return new OutsideAnswer(status, headers, empty ? new byte[0] : body(in, headers, most));
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d(?: .*)?")) {
            throw new IOException("The answer is no HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Map<String, String> headers(InputStream in, int[] room) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in, room); !line.isEmpty(); line = line(in, room)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String line(InputStream in, int[] room) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || --room[0] < 0) {
                throw new IOException(b < 0 ? "The answer broke off" : "The answer's head is too long");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** A body that breaks off is as long as it is: the status has been said. */
    private static byte[] body(InputStream in, Map<String, String> headers, int most) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in, most);
        }
        String length = headers.getOrDefault("content-length", "");
        return in.readNBytes(length.matches("\\d{1,9}") ? Math.min(most, Integer.parseInt(length)) : most);
    }

    private static byte[] chunks(InputStream in, int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < most) {
            String size = line(in, new int[] {1_000}).replaceAll(";.*", "").strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new IOException("The answer is no HTTP");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                break;
            }
            body.write(in.readNBytes(Math.min(length, most - body.size())));
            if (body.size() < most) {
                line(in, new int[] {2});
            }
        }
        return body.toByteArray();
    }
}
