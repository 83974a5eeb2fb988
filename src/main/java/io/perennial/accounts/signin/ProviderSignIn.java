package io.perennial.accounts.signin;

import io.perennial.accounts.signin.ProviderProperties.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * OpenID Connect's code flow with PKCE, state, nonce and the issuer's name in the answer (RFC 9207). Who the provider says
 * it is, is all that comes out: nobody is signed in by it.
 *
 * @see <a href="../../../../../../../docs/decisions/0113-openid-connect.md">0113-openid-connect.md</a>
 */
@Component
public class ProviderSignIn {

    private static final Logger log = LoggerFactory.getLogger(ProviderSignIn.class);

    private final Providers providers;
    private final OidcAuthorizationCodeAuthenticationProvider exchange;

    ProviderSignIn(Providers providers, ProviderExchange exchange) {
        this.providers = providers;
        this.exchange = exchange.checked();
    }

    /**
     * Begins.
     *
     * @param connects who wants to connect; 0 to sign in
     * @return what to keep in the session; empty if there is no such provider or it cannot be reached
     */
    public Optional<ProviderQuestion> begin(String id, long connects) {
        return providers.find(id).flatMap(providers::registration).map(registration -> {
            String verifier = Tokens.fresh();
            String nonce = Tokens.fresh();
            var request = OAuth2AuthorizationRequest.authorizationCode()
                    .clientId(registration.getClientId())
                    .authorizationUri(Objects.requireNonNull(
                            registration.getProviderDetails().getAuthorizationUri()))
                    .redirectUri(registration.getRedirectUri())
                    .scopes(registration.getScopes())
                    .state(Tokens.fresh())
                    .attributes(Map.of("nonce", nonce, "code_verifier", verifier))
                    .additionalParameters(Map.of(
                            "nonce", hash(nonce),
                            "code_challenge", hash(verifier),
                            "code_challenge_method", "S256"))
                    .build();
            return new ProviderQuestion(id, connects, request);
        });
    }

    /**
     * Takes what the person brought back.
     *
     * @param iss who answered, where the answer says so
     * @return empty if it is no answer to this question, or the provider does not stand by it
     */
    public Optional<ProviderPerson> finish(
            ProviderQuestion asked, @Nullable String code, @Nullable String state, @Nullable String iss) {
        Provider provider = providers.find(asked.provider()).orElseThrow();
        ClientRegistration registration = providers.registration(provider).orElse(null);
        OAuth2AuthorizationRequest request = asked.request();
        if (!asked.take() || registration == null || code == null || !same(request.getState(), state)) {
            return Optional.empty();
        }
        if (!isOf(registration, iss)) {
            log.warn("An answer to a question to the OpenID provider {} came from another issuer", provider.id());
            return Optional.empty();
        }
        var answer = OAuth2AuthorizationResponse.success(code)
                .state(Objects.requireNonNull(state))
                .redirectUri(Objects.requireNonNull(request.getRedirectUri()))
                .build();
        try {
            Authentication known = exchange.authenticate(
                    new OAuth2LoginAuthenticationToken(registration, new OAuth2AuthorizationExchange(request, answer)));
            return known != null && known.getPrincipal() instanceof OidcUser user
                    ? Optional.of(person(provider, user))
                    : Optional.empty();
        } catch (AuthenticationException | IllegalArgumentException e) {
            log.info("A sign-in by the OpenID provider {} was refused: {}", provider.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private static ProviderPerson person(Provider provider, OidcUser user) {
        List<String> shown = Stream.concat(
                        Stream.ofNullable(user.getAuthenticationMethods()).flatMap(List::stream),
                        Stream.ofNullable(user.getAuthenticationContextClass()))
                .toList();
        Set<String> trusted = provider.secondFactor();
        return new ProviderPerson(
                provider.name(),
                Objects.requireNonNull(user.getIssuer()).toString(),
                Objects.requireNonNull(user.getSubject()),
                Boolean.TRUE.equals(user.getEmailVerified()) ? user.getEmail() : null,
                shown.stream().anyMatch(trusted::contains));
    }

    /** RFC 9207: where the answer names its issuer, or the provider says that it always does, it must be this one. */
    private static boolean isOf(ClientRegistration registration, @Nullable String iss) {
        boolean always = Boolean.TRUE.equals(registration
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("authorization_response_iss_parameter_supported"));
        return iss == null
                ? !always
                : iss.equals(registration.getProviderDetails().getIssuerUri());
    }

    private static boolean same(@Nullable String expected, @Nullable String given) {
        return expected != null
                && given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Tokens.hash(text));
    }
}
