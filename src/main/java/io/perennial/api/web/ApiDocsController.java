package io.perennial.api.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API for people: one page, made from the description and the examples that are tested, readable by everybody. Without
 * a script, and with its own style sheet only, named by its hash.
 */
@Controller
class ApiDocsController {

    private final OpenApiWebMvcResource description;
    private final ApiExamples examples;
    private final JsonMapper json;
    private final String base;
    private final String style;
    private final String contentPolicy;
    private final Map<String, String> verifying;

    ApiDocsController(
            OpenApiWebMvcResource description,
            ApiExamples examples,
            JsonMapper json,
            @Value("${perennial.public-url:http://localhost:8080}") String address)
            throws IOException {
        this.base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.description = description;
        this.examples = examples;
        this.json = json;
        this.style = text("api/docs.css");
        this.contentPolicy = "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(ReadBody.sha256().digest(style.getBytes(StandardCharsets.UTF_8)))
                + "'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        this.verifying = Map.of("python", text("api/verify.py"), "javascript", text("api/verify.mjs"));
    }

    @GetMapping(path = ApiSecurity.DOCS, produces = "text/html")
    ModelAndView page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", contentPolicy);
        response.setHeader("Referrer-Policy", "no-referrer");
        byte[] whole = description.openapiJson(request, ApiSecurity.DESCRIPTION, Locale.ENGLISH);
        ApiReference reference = new ApiReference(json.readTree(whole), examples.all(), json, base);
        return new ModelAndView(
                "api/docs",
                Map.of(
                        "style", style,
                        "parts", reference.parts(),
                        "events", reference.events(),
                        "problems", ApiReference.problems(),
                        "refusal",
                                reference.refusal(Objects.requireNonNull(
                                        examples.problems().get("invalid"))),
                        "first", reference.first(),
                        "verifying", verifying));
    }

    private static String text(String resource) throws IOException {
        return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
    }
}
