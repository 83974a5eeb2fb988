package io.perennial.accounts.signin;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * OpenID providers by which people may sign in.
 *
 * @param providers each with {@code id} (in the address to register there: {@code
 *     <public-url>/sign-in/from/<id>}), {@code name} (on the button), {@code issuer}, {@code client-id}, {@code
 *     client-secret}, {@code scopes} ({@code openid,email,profile}), {@code second-factor} (values of {@code amr} or {@code
 *     acr} that count as two factors, {@code mfa} for instance; none: the second step is asked for here) and {@code
 *     sign-out-there} ({@code true}: who signs out here signs out there too, where the provider offers it; register {@code
 *     <public-url>/sign-in/left} with it)
 */
@ConfigurationProperties("perennial.oidc")
record ProviderProperties(@DefaultValue List<Provider> providers) {

    /** One of them. */
    record Provider(
            String id,
            String name,
            URI issuer,
            String clientId,
            @Nullable String clientSecret,
            @DefaultValue({"openid", "email", "profile"}) Set<String> scopes,
            @DefaultValue Set<String> secondFactor,
            @DefaultValue("true") boolean signOutThere) {

        Provider {
            if (!id.matches("[a-z0-9-]{1,40}")) {
                throw new IllegalArgumentException(
                        "perennial.oidc.providers: an id has 1 to 40 small letters, digits and hyphens: " + id);
            }
            boolean here = "localhost".equals(issuer.getHost()) || "127.0.0.1".equals(issuer.getHost());
            if (!"https".equals(issuer.getScheme()) && !here) {
                throw new IllegalArgumentException("perennial.oidc.providers: the issuer of " + id + " is not https");
            }
            if (!scopes.contains("openid")) {
                throw new IllegalArgumentException("perennial.oidc.providers: the scopes of " + id + " lack openid");
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Provider[" + id + ", " + issuer + "]";
        }
    }

    ProviderProperties {
        providers = List.copyOf(providers);
        Set<String> ids = new HashSet<>();
        providers.forEach(each -> {
            if (!ids.add(each.id())) {
                throw new IllegalArgumentException("perennial.oidc.providers: two have the id " + each.id());
            }
        });
    }
}
