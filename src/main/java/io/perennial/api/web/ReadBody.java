package io.perennial.api.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read to its end before anything is done: what it is can be compared, and no transaction waits for a
 * slow line. A file goes to a temporary one, everything else stays in memory.
 */
class ReadBody implements AutoCloseable {

    /** Under this name a controller finds the file of an upload, as a {@link Path}. */
    static final String FILE = ReadBody.class.getName() + ".file";

    private final byte[] bytes;
    private final @Nullable Path file;
    private final byte[] hash;

    private ReadBody(byte[] bytes, @Nullable Path file, byte[] hash) {
        this.bytes = bytes;
        this.file = file;
        this.hash = hash;
    }

    /**
     * @throws Refused if it is larger than that
     */
    static ReadBody of(HttpServletRequest request, long largest, boolean upload) throws IOException {
        if (request.getContentLengthLong() > largest) {
            throw tooLarge(largest);
        }
        MessageDigest digest = sha256();
        if (!upload) {
            ByteArrayOutputStream memory = new ByteArrayOutputStream();
            copy(request.getInputStream(), memory, digest, largest);
            return new ReadBody(memory.toByteArray(), null, digest.digest());
        }
        Path file = Files.createTempFile("api-upload", null);
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(request.getInputStream(), out, digest, largest);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new ReadBody(new byte[0], file, digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    byte[] hash() {
        return hash.clone();
    }

    HttpServletRequest asRequest(HttpServletRequest request) {
        if (file != null) {
            request.setAttribute(FILE, file);
        }
        return new Again(request, bytes);
    }

    private static void copy(InputStream in, OutputStream out, MessageDigest digest, long largest) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long read = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            read += n;
            if (read > largest) {
                throw tooLarge(largest);
            }
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
    }

    private static Refused tooLarge(long largest) {
        return new Refused(
                ApiProblem.Kind.TOO_LARGE,
                "A request of this kind has at most " + largest + " bytes. Send it in parts.");
    }

    /** Whoever took the file away keeps it. */
    @Override
    public void close() {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The request with its body to be read once more. */
    private static class Again extends HttpServletRequestWrapper {

        private final ByteArrayInputStream in;

        Again(HttpServletRequest request, byte[] bytes) {
            super(request);
            this.in = new ByteArrayInputStream(bytes);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] to, int offset, int length) {
                    return in.read(to, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("It is all there");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }
}
