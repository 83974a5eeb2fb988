package io.perennial.accounts.signin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Spring Security's exchange of the code for what the provider says, with time limits and with signatures by the
 * provider's own keys only: neither none, nor with the client's secret, which others may know as well.
 */
@Component
class ProviderExchange {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384);

    /** Keys are kept five minutes; one with an unknown id is looked for at once. */
    private final Map<ClientRegistration, JwtDecoder> decoders = new ConcurrentHashMap<>();

    OidcAuthorizationCodeAuthenticationProvider checked() {
        var tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(patient())
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        var users = new OidcUserService();
        var more = new DefaultOAuth2UserService();
        RestTemplate rest = new RestTemplate(patient());
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        more.setRestOperations(rest);
        users.setOauth2UserService(more);
        var exchange = new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
        exchange.setJwtDecoderFactory(
                registration -> decoders.computeIfAbsent(registration, ProviderExchange::decoder));
        return exchange;
    }

    private static JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()))
                .jwsAlgorithms(all -> all.addAll(announced(registration)))
                .restOperations(new RestTemplate(patient()))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /** Those the provider says it signs by; RS256 is every provider's. */
    private static Set<SignatureAlgorithm> announced(ClientRegistration registration) {
        Object says = registration
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("id_token_signing_alg_values_supported");
        List<?> names = says instanceof List<?> list ? list : List.of();
        return Stream.concat(
                        Stream.of(SignatureAlgorithm.RS256),
                        ALGORITHMS.stream().filter(each -> names.contains(each.getName())))
                .collect(Collectors.toSet());
    }

    private static SimpleClientHttpRequestFactory patient() {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(PATIENCE);
        factory.setReadTimeout(PATIENCE);
        return factory;
    }
}
