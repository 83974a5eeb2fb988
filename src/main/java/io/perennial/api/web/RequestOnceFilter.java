package io.perennial.api.web;

import io.perennial.api.ApiCaller;
import io.perennial.api.ApiProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a changing request one transaction: it happens wholly or, where it is refused, not at all. A POST that names itself
 * by {@code Idempotency-Key} happens once, however often it is asked: its answer is kept in that same transaction, so that a
 * crash leaves both or neither. No bean: Spring Boot would put it before the console too.
 *
 * @see <a href="../../../../../../docs/decisions/1001-api.md">1001-api.md</a>
 */
class RequestOnceFilter extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    /** A controller puts the id of the customer here whose data is in its answer, a {@link Long}. */
    static final String CUSTOMER = RequestOnceFilter.class.getName() + ".customer";

    private static final int LONGEST_NAME = 255;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final RequestLedger ledger;
    private final ProblemWriter problems;
    private final ApiProperties properties;
    private final TransactionTemplate transaction;

    RequestOnceFilter(
            RequestLedger ledger,
            ProblemWriter problems,
            ApiProperties properties,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.problems = problems;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean upload = isUpload(request);
        if (!upload && isForm(request)) {
            problems.write(response, ApiProblem.ofStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE.value()));
            return;
        }
        long largest = (upload ? properties.largestUpload() : properties.largestBody()).toBytes();
        try (ReadBody body = ReadBody.of(request, largest, upload)) {
            ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
            String name = name(request);
            if (name == null) {
                inTransaction(() -> {
                    chain.doFilter(body.asRequest(request), answer);
                    return isGood(answer);
                });
            } else {
                once(name, body, request, answer, chain);
            }
            answer.copyBodyToResponse();
        } catch (Refused refused) {
            if (refused.problem().type().equals(ApiProblem.Kind.IN_PROGRESS.type())) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            problems.write(response, refused.problem());
        }
    }

    /** What is no JSON is a file; where none is wanted, the controller's media type says so. */
    private static boolean isUpload(HttpServletRequest request) {
        return request.getRequestURI().endsWith("/imports") && "POST".equals(request.getMethod());
    }

    /** The framework would read it before it looks at who wants it. */
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static @Nullable String name(HttpServletRequest request) {
        String name = "POST".equals(request.getMethod()) ? request.getHeader(HEADER) : null;
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw new Refused(
                    ApiProblem.Kind.BAD_PARAMETER,
                    HEADER + " has 1 to " + LONGEST_NAME + " characters, a UUID for instance.");
        }
        return name;
    }

    private void once(
            String name,
            ReadBody body,
            HttpServletRequest request,
            ContentCachingResponseWrapper answer,
            FilterChain chain)
            throws ServletException, IOException {
        byte[] nameHash = ReadBody.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        byte[] requestHash = requestHash(request, body);
        ledger.name(nameHash, requestHash);
        inTransaction(() -> {
            RequestLedger.Known known = ledger.lock(nameHash)
                    .orElseThrow(() -> new Refused(
                            ApiProblem.Kind.IN_PROGRESS,
                            "The request with this " + HEADER + " has not been answered yet. Ask again in a second."));
            RequestLedger.Answer before = known.answer();
            if (before != null) {
                if (!Arrays.equals(known.requestHash(), requestHash)) {
                    throw new Refused(
                            ApiProblem.Kind.IDEMPOTENCY_KEY_REUSED,
                            "Another request was answered under this " + HEADER + ". Make a new one for each request.");
                }
                replay(before, answer);
                return false;
            }
            chain.doFilter(body.asRequest(request), answer);
            if (isGood(answer)) {
                ledger.answer(nameHash, requestHash, toKeep(request, answer));
            }
            return isGood(answer);
        });
    }

    private static RequestLedger.Answer toKeep(HttpServletRequest request, ContentCachingResponseWrapper answer) {
        return new RequestLedger.Answer(
                answer.getStatus(),
                answer.getContentType(),
                answer.getHeader(HttpHeaders.LOCATION),
                answer.getContentAsByteArray(),
                request.getAttribute(CUSTOMER) instanceof Long customer ? customer : null);
    }

    private static void replay(RequestLedger.Answer before, HttpServletResponse answer) throws IOException {
        answer.setStatus(before.status());
        answer.setHeader(REPLAYED, "true");
        if (before.contentType() != null) {
            answer.setContentType(before.contentType());
        }
        if (before.location() != null) {
            answer.setHeader(HttpHeaders.LOCATION, before.location());
        }
        answer.getOutputStream().write(before.body());
    }

    /** The key too: another program's answer is not for this one. */
    private static byte[] requestHash(HttpServletRequest request, ReadBody body) {
        MessageDigest digest = ReadBody.sha256();
        long key = Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .map(a -> a.getPrincipal() instanceof ApiCaller caller ? caller.key() : 0L)
                .orElse(0L);
        for (String part : new String[] {
            request.getMethod(), request.getRequestURI(), String.valueOf(request.getQueryString()), Long.toString(key)
        }) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return digest.digest(body.hash());
    }

    private static boolean isGood(HttpServletResponse answer) {
        return answer.getStatus() < 400;
    }

    /** Work of a request that says whether what it did is to stay. */
    private interface Work {
        boolean run() throws ServletException, IOException;
    }

    private void inTransaction(Work work) throws ServletException, IOException {
        try {
            transaction.executeWithoutResult(status -> {
                try {
                    if (!work.run()) {
                        status.setRollbackOnly();
                    }
                } catch (ServletException | IOException e) {
                    throw new Carried(e);
                }
            });
        } catch (Carried carried) {
            switch (carried.getCause()) {
                case ServletException e -> throw e;
                case IOException e -> throw e;
                case null, default -> throw carried;
            }
        }
    }

    /** Brings a checked exception out of a transaction. */
    private static class Carried extends RuntimeException {
        Carried(Exception cause) {
            super(cause);
        }
    }
}
