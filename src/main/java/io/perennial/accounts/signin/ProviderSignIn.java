package io.perennial.accounts.signin;

import io.perennial.accounts.signin.ProviderProperties.Provider;
import io.perennial.accounts.signin.ProviderRefused.Reason;
import io.perennial.accounts.signin.ProviderWish.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
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

    /** Of Spring Security's "The ID Token contains invalid claims: {exp=…}". */
    private static final Pattern CLAIM = Pattern.compile("[{, ](iss|sub|aud|azp|exp|iat|nonce)=");

    /** By how much the provider's clock may be behind ours. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    private final Providers providers;
    private final OidcAuthorizationCodeAuthenticationProvider exchange;

    ProviderSignIn(Providers providers, ProviderExchange exchange) {
        this.providers = providers;
        this.exchange = exchange.checked();
    }

    /**
     * Begins.
     *
     * @return what to keep in the session; empty if there is no such provider or it cannot be reached
     */
    public Optional<ProviderQuestion> begin(ProviderWish wish) {
        return providers.find(wish.provider()).flatMap(providers::registration).map(registration -> {
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
                    // Both: some providers know one of them. Whether they did it is checked by auth_time.
                    .additionalParameters(
                            more -> more.putAll(asksAgain(wish) ? Map.of("prompt", "login", "max_age", "0") : Map.of()))
                    .build();
            return new ProviderQuestion(wish, request);
        });
    }

    /**
     * Takes what the person brought back.
     *
     * @throws ProviderRefused if it is no answer to this question, or the provider does not stand by it; its message says
     *     why for the log, and names nobody
     */
    public ProviderVouch finish(ProviderQuestion asked, ProviderAnswer answer) throws ProviderRefused {
        Provider provider = providers.find(asked.provider()).orElseThrow();
        if (!asked.take()) {
            throw new ProviderRefused(Reason.LATE, "the answer came too late or a second time");
        }
        if (answer.error() != null) {
            String error = answer.error().matches("[a-z_]{1,60}") ? answer.error() : "an error of no known form";
            throw new ProviderRefused(
                    error.equals(OAuth2ErrorCodes.ACCESS_DENIED) ? Reason.CANCELLED : Reason.NOT_GIVEN,
                    "the provider answered " + error);
        }
        OAuth2AuthorizationRequest request = asked.request();
        if (answer.code() == null || !same(request.getState(), answer.state())) {
            throw new ProviderRefused(Reason.FOREIGN, answer.code() == null ? "no code" : "another state");
        }
        ClientRegistration registration = providers
                .registration(provider)
                .orElseThrow(() -> new ProviderRefused(Reason.UNREACHABLE, "the provider says nothing of itself"));
        if (!isOf(registration, answer.iss())) {
            throw new ProviderRefused(Reason.NOT_BELIEVED, "the answer names another issuer, or none");
        }
        OidcUser user = exchanged(registration, request, answer);
        if (asksAgain(asked.wish())) {
            requireAskedAgain(user, asked.since());
        }
        return new ProviderVouch(
                person(provider, user), user.getFullName(), user.getIdToken().getTokenValue());
    }

    private static boolean asksAgain(ProviderWish wish) {
        return wish.purpose() == Purpose.PROVE;
    }

    /** A provider that lets people through without asking, or does not say when it asked, proves nothing. */
    private static void requireAskedAgain(OidcUser user, Instant since) throws ProviderRefused {
        Instant asked = user.getAuthenticatedAt();
        if (asked == null || asked.isBefore(since.minus(CLOCKS))) {
            throw new ProviderRefused(
                    Reason.NOT_ASKED_AGAIN, asked == null ? "no auth_time" : "auth_time is before the question");
        }
    }

    private OidcUser exchanged(
            ClientRegistration registration, OAuth2AuthorizationRequest request, ProviderAnswer answer)
            throws ProviderRefused {
        var success = OAuth2AuthorizationResponse.success(Objects.requireNonNull(answer.code()))
                .state(Objects.requireNonNull(answer.state()))
                .redirectUri(Objects.requireNonNull(request.getRedirectUri()))
                .build();
        try {
            Authentication known = exchange.authenticate(new OAuth2LoginAuthenticationToken(
                    registration, new OAuth2AuthorizationExchange(request, success)));
            if (known != null && known.getPrincipal() instanceof OidcUser user) {
                return user;
            }
            throw new ProviderRefused(Reason.NOT_BELIEVED, "no identity token");
        } catch (RuntimeException e) { // the libraries below throw many kinds
            throw new ProviderRefused(isSilence(e) ? Reason.UNREACHABLE : Reason.NOT_BELIEVED, why(e));
        }
    }

    private static boolean isSilence(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The error's code, the kinds of the exceptions, and the names of claims that do not hold: never what a claim says, or what
     * the provider writes, since that may name a person.
     */
    private static String why(RuntimeException fault) {
        StringBuilder why = new StringBuilder();
        if (fault instanceof OAuth2AuthenticationException known) {
            String code = known.getError().getErrorCode();
            why.append(code.matches("[a-z_]{1,60}") ? code : "an error of no known form");
            Matcher claims = CLAIM.matcher(String.valueOf(known.getError().getDescription()));
            while (claims.find()) {
                why.append(' ').append(claims.group(1));
            }
        }
        for (Throwable t = fault; t != null; t = t.getCause()) {
            why.append(why.isEmpty() ? "" : ", ").append(t.getClass().getSimpleName());
        }
        return why.toString();
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
