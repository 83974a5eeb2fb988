package io.perennial.accounts.signin;

import io.perennial.accounts.signin.ProviderProperties.Provider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.web.client.RestClient;

/**
 * What a provider says of itself at its well-known address (OpenID Connect Discovery 1.0). Spring Security asks the same with 30 s
 * for the connection and 30 s for the answer: as long as people would stare at a button.
 */
final class ProviderDescription {

    /** For the connection, and again for the answer. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private final RestClient http;

    ProviderDescription() {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(PATIENCE);
        factory.setReadTimeout(PATIENCE);
        http = RestClient.builder().requestFactory(factory).build();
    }

    /** @throws RuntimeException if it does not answer, or describes another */
    ClientRegistration.Builder of(Provider provider) {
        String issuer = provider.issuer().toString();
        String place = issuer.replaceFirst("/+$", "") + "/.well-known/openid-configuration";
        Map<String, Object> says = Objects.requireNonNull(
                http.get().uri(URI.create(place)).retrieve().body(new ParameterizedTypeReference<>() {}));
        if (!issuer.equals(says.get("issuer"))) {
            throw new IllegalStateException("it calls itself " + says.get("issuer"));
        }
        return ClientRegistrations.fromOidcConfiguration(says);
    }
}
