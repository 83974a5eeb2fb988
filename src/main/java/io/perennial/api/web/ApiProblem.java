package io.perennial.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Why a request was refused, by RFC 9457.
 *
 * @param type says what kind it is, for programs; never changes
 * @param detail says what to do, for people
 * @param errors each value at fault
 * @param errorId of a fault of ours: the log has it by this
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ApiProblem(
        String type,
        String title,
        int status,
        String detail,
        List<Fault> errors,
        @Nullable String errorId) {

    static final String MEDIA_TYPE = "application/problem+json";

    /**
     * A value at fault.
     *
     * @param pointer where it is in the request's body, a JSON pointer (RFC 6901) as a fragment, {@code #/lines/0/sku}; or
     *     the name of a parameter
     */
    record Fault(String pointer, String detail) {}

    ApiProblem {
        errors = List.copyOf(errors);
    }

    static ApiProblem of(Kind kind, String detail) {
        return new ApiProblem(kind.type(), kind.title(), kind.status().value(), detail, List.of(), null);
    }

    static ApiProblem of(Kind kind, String detail, List<Fault> errors) {
        return new ApiProblem(kind.type(), kind.title(), kind.status().value(), detail, errors, null);
    }

    static ApiProblem ofFault(String errorId) {
        return new ApiProblem(
                Kind.INTERNAL.type(),
                Kind.INTERNAL.title(),
                500,
                "Something went wrong on our side. Nothing of this request was kept. Tell whoever runs this installation "
                        + "the error id.",
                List.of(),
                errorId);
    }

    /** For answers that the servlet container would make: only the status is known. */
    static ApiProblem ofStatus(int status) {
        for (Kind kind : Kind.values()) {
            if (kind.status().value() == status) {
                return of(kind, kind.title() + ".");
            }
        }
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Refused" : known.getReasonPhrase();
        return new ApiProblem("about:blank", title, status, title + ".", List.of(), null);
    }

    /** The kinds of problems there are. */
    enum Kind {
        MALFORMED(HttpStatus.BAD_REQUEST, "The request cannot be read"),
        BAD_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is wrong"),
        BAD_CURSOR(HttpStatus.BAD_REQUEST, "The cursor is none of this list"),
        UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid key is needed"),
        MISSING_SCOPE(HttpStatus.FORBIDDEN, "The key may not do this"),
        BUSINESS_STOPPED(HttpStatus.FORBIDDEN, "This business may not work now"),
        NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing here"),
        METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method does not exist here"),
        NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Answers are JSON"),
        CONFLICT(HttpStatus.CONFLICT, "It does not fit what is there already"),
        IN_PROGRESS(HttpStatus.CONFLICT, "The same request is being worked on"),
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
        UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This kind of content is not taken here"),
        INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "Some values cannot be taken"),
        IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for another request"),
        TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
        INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong"),
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Not now");

        private final HttpStatus status;
        private final String title;

        Kind(HttpStatus status, String title) {
            this.status = status;
            this.title = title;
        }

        HttpStatus status() {
            return status;
        }

        String title() {
            return title;
        }

        String type() {
            return "urn:perennial:problem:"
                    + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
