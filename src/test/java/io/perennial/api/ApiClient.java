package io.perennial.api;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import io.perennial.accounts.Permission;
import io.perennial.kernel.TenantId;
import io.perennial.support.TestTenants;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs of businesses, as they talk to the API: through the real chain of filters. */
@TestComponent
public class ApiClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final MockMvcTester http;
    private final ApiKeys keys;

    ApiClient(WebApplicationContext application, ApiKeys keys) {
        this.http = MockMvcTester.from(
                application,
                (DefaultMockMvcBuilder builder) -> builder.apply(SecurityMockMvcConfigurers.springSecurity())
                        .build());
        this.keys = keys;
    }

    /** An answer, its body read as JSON. */
    public record Answer(int status, JsonNode body, MockHttpServletResponse raw) {

        public String header(String name) {
            return raw.getHeader(name);
        }
    }

    public ApiKeys.Made key(TenantId tenant, Permission... scopes) {
        return TestTenants.asOwner(
                tenant, () -> keys.make("Till", scopes.length == 0 ? Set.copyOf(ApiScopes.ALL) : Set.of(scopes), null));
    }

    public Answer get(ApiKeys.Made key, String path) {
        return send(key, HttpMethod.GET, path, null, null);
    }

    public Answer post(ApiKeys.Made key, String path, String body) {
        return send(key, HttpMethod.POST, path, body, null);
    }

    public Answer send(ApiKeys.Made key, HttpMethod method, String path, String body, String idempotencyKey) {
        return send(key == null ? null : key.text().reveal(), method, path, body, idempotencyKey);
    }

    /** Sends a file as the body. */
    public Answer upload(ApiKeys.Made key, String path, String type, byte[] file) {
        return answer(request(HttpMethod.POST, java.net.URI.create("/api/v1" + path))
                .header("Authorization", "Bearer " + key.text().reveal())
                .contentType(MediaType.parseMediaType(type))
                .content(file));
    }

    /** A page for people, without a key. */
    public MockHttpServletResponse page(String path) {
        return http.perform(request(HttpMethod.GET, java.net.URI.create(path))).getResponse();
    }

    public Answer send(String key, HttpMethod method, String path, String body, String idempotencyKey) {
        MockHttpServletRequestBuilder request = request(method, java.net.URI.create("/api/v1" + path));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return answer(request);
    }

    /** With whatever headers. */
    Answer sendWith(String key, HttpMethod method, String path, String body, Map<String, String> headers) {
        MockHttpServletRequestBuilder request = request(method, java.net.URI.create("/api/v1" + path));
        headers.forEach(request::header);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body != null) {
            request.content(body);
        }
        return answer(request);
    }

    private Answer answer(MockHttpServletRequestBuilder request) {
        MockHttpServletResponse response = http.perform(request).getResponse();
        byte[] bytes = response.getContentAsByteArray();
        return new Answer(
                response.getStatus(),
                bytes.length == 0 || !String.valueOf(response.getContentType()).contains("json")
                        ? JSON.createObjectNode()
                        : JSON.readTree(new String(bytes, StandardCharsets.UTF_8)),
                response);
    }
}
