package io.perennial.shell;

import static io.perennial.uikit.Texts.t;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads no more of a request than there is use for: neither Vaadin's messages nor multipart forms, which anybody may send
 * to any address, have a limit of their own. The API counts for itself, and says so in its own words.
 */
class BodyLimitFilter extends OncePerRequestFilter {

    private static final String UPLOADS = "/VAADIN/dynamic/resource/";
    private static final String API = "/api/";

    private final long largest;
    private final long largestUpload;

    BodyLimitFilter(WebProperties properties) {
        this.largest = properties.largestBody().toBytes();
        this.largestUpload = properties.largestUpload().toBytes();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.startsWith(API)) {
            chain.doFilter(request, response);
            return;
        }
        boolean upload = path.startsWith(UPLOADS);
        String type = request.getContentType();
        if (!upload && type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            // No form of ours is of this kind; the container would write its parts to disk before anybody looks at it.
            refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        long limit = upload ? largestUpload : largest;
        if (request.getContentLengthLong() > limit) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        boolean announced = request.getContentLengthLong() >= 0;
        try {
            // What is announced, the container counts; what comes in pieces, nobody does.
            chain.doFilter(announced ? request : new Counted(request, limit), response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!isTooLarge(e) || response.isCommitted()) {
                throw e;
            }
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        }
    }

    /** Plainly: the page for errors would read the request once more, to its end. */
    private static void refuse(HttpServletResponse response, int status) throws IOException {
        response.resetBuffer();
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentType("text/plain;charset=UTF-8");
        String words = status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
                ? t("shell.too_large") + ". " + t("shell.too_large_hint")
                : t("shell.refused") + ". " + t("shell.refused_hint");
        byte[] text = words.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
        response.flushBuffer();
    }

    private static boolean isTooLarge(@Nullable Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof TooLarge) {
                return true;
            }
        }
        return false;
    }

    private static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1;

        TooLarge(long limit) {
            super("The request has more than " + limit + " bytes");
        }
    }

    /** Breaks off where the limit is. */
    private static final class Counted extends HttpServletRequestWrapper {

        private final long limit;
        private @Nullable ServletInputStream in;

        Counted(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (in == null) {
                in = new CountedInput(super.getInputStream(), limit);
            }
            return in;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String charset = getCharacterEncoding();
            return new BufferedReader(new InputStreamReader(
                    getInputStream(), charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset)));
        }
    }

    private static final class CountedInput extends ServletInputStream {

        private final ServletInputStream in;
        private final long limit;
        private long read;

        CountedInput(ServletInputStream in, long limit) {
            this.in = in;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int n = in.read(to, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) throws IOException {
            read += n;
            if (read > limit) {
                throw new TooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
