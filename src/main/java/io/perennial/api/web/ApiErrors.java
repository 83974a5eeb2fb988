package io.perennial.api.web;

import io.perennial.api.web.ApiProblem.Fault;
import io.perennial.api.web.ApiProblem.Kind;
import io.perennial.customers.CustomerNotFound;
import io.perennial.customers.ErasedPersonException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What of the features' exceptions a program is told. */
@RestControllerAdvice(basePackageClasses = ApiErrors.class)
class ApiErrors {

    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    private static final String NOTHING_CHANGED = "Some values cannot be taken; nothing was changed.";

    @ExceptionHandler
    ResponseEntity<ApiProblem> refused(Refused e) {
        return answer(e.problem());
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> notFound(CustomerNotFound e) {
        return answer(ApiProblem.of(Kind.NOT_FOUND, e.getMessage() + " here."));
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> notFound(NoSuchElementException e) {
        return answer(ApiProblem.of(Kind.NOT_FOUND, "There is no such thing in this business."));
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> erased(ErasedPersonException e) {
        return answer(ApiProblem.of(Kind.INVALID, Objects.requireNonNullElse(e.getMessage(), NOTHING_CHANGED)));
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> taken(DuplicateKeyException e) {
        return answer(ApiProblem.of(Kind.CONFLICT, "Another one has this id, address or name already."));
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> denied(AccessDeniedException e) {
        return answer(ApiProblem.of(Kind.MISSING_SCOPE, "This needs a key with another scope."));
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> invalid(MethodArgumentNotValidException e) {
        return invalid(e.getBindingResult());
    }

    /** Of operations that say something of their parameters, too, this comes for the body as well. */
    @ExceptionHandler
    ResponseEntity<ApiProblem> badParameter(HandlerMethodValidationException e) {
        List<Fault> faults = e.getParameterValidationResults().stream()
                .filter(result -> !(result instanceof ParameterErrors))
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new Fault(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        return faults.isEmpty() && !e.getBeanResults().isEmpty()
                ? invalid(e.getBeanResults().getFirst())
                : answer(ApiProblem.of(Kind.BAD_PARAMETER, "A parameter cannot be as it is.", faults));
    }

    private static ResponseEntity<ApiProblem> invalid(Errors errors) {
        List<Fault> faults = errors.getAllErrors().stream()
                .map(error -> new Fault(
                        error instanceof FieldError field ? pointer(field.getField()) : "#",
                        String.valueOf(error.getDefaultMessage())))
                .sorted(java.util.Comparator.comparing(Fault::pointer).thenComparing(Fault::detail))
                .toList();
        return answer(ApiProblem.of(Kind.INVALID, NOTHING_CHANGED, faults));
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> badParameter(MethodArgumentTypeMismatchException e) {
        return answer(ApiProblem.of(
                Kind.BAD_PARAMETER,
                "A parameter cannot be read.",
                List.of(new Fault(e.getName(), "This is no " + kindOf(e.getRequiredType()) + "."))));
    }

    @ExceptionHandler
    ResponseEntity<ApiProblem> unreadable(HttpMessageNotReadableException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof JacksonException json && !json.getPath().isEmpty()) {
                return answer(
                        ApiProblem.of(Kind.INVALID, NOTHING_CHANGED, List.of(new Fault(pointer(json), words(json)))));
            }
        }
        return answer(ApiProblem.of(Kind.MALFORMED, "The body is no JSON, or there is none where one is needed."));
    }

    /** Of a count, mostly; asked again at once it would take as long. */
    @ExceptionHandler
    ResponseEntity<ApiProblem> tookTooLong(QueryTimeoutException e, HttpServletResponse response) {
        log.warn("A request took too long and was given up", e);
        response.setHeader(HttpHeaders.RETRY_AFTER, "60");
        return answer(ApiProblem.of(
                Kind.UNAVAILABLE,
                "This took too long and was given up; nothing was changed. Ask again in some minutes, or make the "
                        + "segment's rule simpler if it was counted."));
    }

    /** Everything else that is the framework's, and what is nobody's. */
    @ExceptionHandler
    ResponseEntity<ApiProblem> other(Exception e, HttpServletResponse response) {
        ApiProblem problem =
                e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()
                        ? ApiProblem.ofStatus(known.getStatusCode().value())
                        : e instanceof ResponseStatusException status
                                ? ApiProblem.ofStatus(status.getStatusCode().value())
                                : ApiFaults.problemOf(e);
        if (problem.status() == Kind.UNAVAILABLE.status().value()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer(problem);
    }

    private static ResponseEntity<ApiProblem> answer(ApiProblem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String words(JacksonException e) {
        return e instanceof UnrecognizedPropertyException unknown
                ? "There is no “" + unknown.getPropertyName() + "” here."
                : "This value is of the wrong kind.";
    }

    private static String pointer(JacksonException e) {
        StringBuilder pointer = new StringBuilder("#");
        e.getPath()
                .forEach(part -> pointer.append('/')
                        .append(part.getPropertyName() == null ? part.getIndex() : escaped(part.getPropertyName())));
        return pointer.toString();
    }

    /** {@code lines[0].sku} as {@code #/lines/0/sku}. */
    private static String pointer(String field) {
        return "#/" + field.replace('.', '/').replace("[", "/").replace("]", "");
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String kindOf(@org.jspecify.annotations.Nullable Class<?> type) {
        return type == null
                ? "such value"
                : type == long.class || type == Long.class || type == int.class || type == Integer.class
                        ? "whole number"
                        : type.isEnum() ? "value there is" : "such value";
    }
}
