package io.perennial.api.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read to its end before anything is done: what it is can be compared, and no transaction waits for a
 * slow line. A file goes to a temporary one, everything else stays in memory.
 */
class ReadBody implements AutoCloseable {

    /** Under this name a controller finds the file of an upload, as a {@link Path}. */
    static final String FILE = ReadBody.class.getName() + ".file";

    /** Under this name, what the file is called, where the upload says so. */
    static final String NAME = ReadBody.class.getName() + ".name";

    private final byte[] bytes;
    private final @Nullable Path file;
    private final @Nullable String name;
    private final byte[] hash;

    private ReadBody(byte[] bytes, @Nullable Path file, @Nullable String name, byte[] hash) {
        this.name = name;
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
            return new ReadBody(memory.toByteArray(), null, null, digest.digest());
        }
        Path file = Files.createTempFile("api-upload", null);
        String name = null;
        try (OutputStream out = Files.newOutputStream(file)) {
            String type = request.getContentType();
            if (type != null && isForm(request)) {
                // Of the file alone: each time it is sent, the rest is another.
                name = MultipartBody.copyFile(
                        new Limited(request.getInputStream(), largest), type, new DigestOutputStream(out, digest));
            } else {
                copy(request.getInputStream(), out, digest, largest);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new ReadBody(new byte[0], file, name, digest.digest());
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
            request.setAttribute(NAME, name);
        }
        return new Again(request, bytes, file != null && isForm(request));
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Ends where a request is larger than it may be. */
    private static class Limited extends FilterInputStream {

        private final long largest;
        private long read;

        Limited(InputStream in, long largest) {
            super(in);
            this.largest = largest;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int n = super.read(to, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int more) {
            read += more;
            if (read > largest) {
                throw tooLarge(largest);
            }
        }
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

        private final boolean isPart;

        Again(HttpServletRequest request, byte[] bytes, boolean isPart) {
            super(request);
            this.in = new ByteArrayInputStream(bytes);
            this.isPart = isPart;
        }

        /** The form around a file was read already; nobody else is to try. */
        @Override
        public @Nullable String getContentType() {
            return isPart ? "application/octet-stream" : super.getContentType();
        }

        @Override
        public @Nullable String getHeader(String header) {
            return isPart && "Content-Type".equalsIgnoreCase(header) ? getContentType() : super.getHeader(header);
        }

        @Override
        public Enumeration<String> getHeaders(String header) {
            return isPart && "Content-Type".equalsIgnoreCase(header)
                    ? Collections.enumeration(List.of("application/octet-stream"))
                    : super.getHeaders(header);
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
