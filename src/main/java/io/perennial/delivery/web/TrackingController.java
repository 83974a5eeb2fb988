package io.perennial.delivery.web;

import io.perennial.delivery.CustomerResponses;
import io.perennial.delivery.Visit;
import io.perennial.uikit.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** Clicks and opens. Visits are noted, which is all that a GET or HEAD does here. */
@Controller
class TrackingController {

    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static final List<String> LOOKING_AHEAD = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

    private final CustomerResponses responses;

    TrackingController(CustomerResponses responses) {
        this.responses = responses;
    }

    @ModelAttribute
    void protect(HttpServletRequest request, HttpServletResponse response) {
        PagePolicy.protect(request, response);
    }

    @GetMapping("/p/c/{token}")
    Object click(@PathVariable String token, HttpServletRequest request) {
        return responses
                .click(token, visit(request))
                .<Object>map(url -> ResponseEntity.status(HttpStatus.FOUND)
                        .header(HttpHeaders.LOCATION, ascii(url))
                        .build())
                .orElseGet(() -> CustomerPage.brokenLink(request));
    }

    private static Visit visit(HttpServletRequest request) {
        boolean prefetch = LOOKING_AHEAD.stream()
                .map(request::getHeader)
                .anyMatch(value -> value != null
                        && (value.toLowerCase(Locale.ROOT).contains("prefetch")
                                || value.toLowerCase(Locale.ROOT).contains("preview")));
        return new Visit(
                request.getHeader(HttpHeaders.USER_AGENT),
                request.getRemoteAddr(),
                HttpMethod.HEAD.matches(request.getMethod()),
                prefetch);
    }

    /** Percent-encodes what may not stand in a header or an address; what templates write is not always a correct URL. */
    static String ascii(String url) {
        StringBuilder out = new StringBuilder(url.length());
        for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ' || b == 127 || "\"<>\\^`{|}".indexOf(b) >= 0) {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    @GetMapping("/p/o/{token}.gif")
    ResponseEntity<byte[]> open(@PathVariable String token, HttpServletRequest request) {
        boolean good = responses.open(token, visit(request));
        return ResponseEntity.status(good ? HttpStatus.OK : HttpStatus.BAD_REQUEST)
                .contentType(MediaType.IMAGE_GIF)
                .body(PIXEL);
    }
}
