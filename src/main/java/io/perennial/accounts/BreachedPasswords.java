package io.perennial.accounts;

import io.perennial.kernel.CannotStart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Passwords that breaches have made known, as far as this installation is told where to look: in a file of sorted hashes,
 * searched on the disk however large it is, or by asking for a range of hashes, which gives the password to nobody. What
 * cannot be asked stands in nobody's way: it is logged.
 */
@Component
class BreachedPasswords {

    private static final Logger log = LoggerFactory.getLogger(BreachedPasswords.class);

    private static final int DIGITS = 40;
    private static final int PREFIX = 5;
    private static final int LONGEST_LINE = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final @Nullable Path file;
    private final @Nullable URI range;

    BreachedPasswords(PasswordProperties properties) {
        file = properties.breachedFile();
        range = properties.rangeUrl();
        if (file != null && !Files.isReadable(file)) {
            throw new CannotStart(
                    "PERENNIAL_PASSWORDS_BREACHED_FILE names no file that can be read: " + file + ".",
                    "Correct it, or leave it out.");
        }
    }

    boolean contain(String password) {
        String hash = hash(password);
        return isInFile(hash) || isInRange(hash);
    }

    private boolean isInFile(String hash) {
        if (file == null) {
            return false;
        }
        try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "r")) {
            return search(lines, hash);
        } catch (IOException e) {
            log.warn("The file of breached passwords could not be read: {}", e.getMessage());
            return false;
        }
    }

    /** Halves the range of bytes in which a line with {@code hash} may begin. */
    private static boolean search(RandomAccessFile lines, String hash) throws IOException {
        byte[] block = new byte[2 * LONGEST_LINE];
        long low = 0;
        long high = lines.length();
        while (low < high) {
            long middle = (low + high) >>> 1;
            long from = Math.max(0, middle - LONGEST_LINE);
            lines.seek(from);
            int length = lines.read(block);
            int start = (int) (middle - from);
            while (start > 0 && block[start - 1] != '\n') {
                start--;
            }
            int end = (int) (middle - from);
            while (end < length && block[end] != '\n') {
                end++;
            }
            String line = new String(block, start, Math.min(DIGITS, end - start), StandardCharsets.US_ASCII);
            int order = line.compareToIgnoreCase(hash);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = from + end + 1;
            } else {
                high = from + start;
            }
        }
        return false;
    }

    private boolean isInRange(String hash) {
        if (range == null) {
            return false;
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(range + hash.substring(0, PREFIX)))
                            .timeout(PATIENCE)
                            // Made-up lines make all answers alike in length to whoever listens.
                            .header("Add-Padding", "true")
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII));
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            String rest = hash.substring(PREFIX);
            return answer.body().lines().anyMatch(line -> isSeen(line, rest));
        } catch (IOException e) {
            log.warn("Breached passwords could not be asked for at {}: {}", range.getHost(), e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lines of padding have a count of zero. */
    private static boolean isSeen(String line, String rest) {
        return line.regionMatches(true, 0, rest, 0, rest.length())
                && !line.strip().endsWith(":0");
    }

    /** SHA-1 because such lists are; nothing is kept of it. */
    private static String hash(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
