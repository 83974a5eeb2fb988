package io.perennial.accounts.signin;

import io.perennial.accounts.ConsoleAddress;
import io.perennial.accounts.signin.ProviderProperties.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;

/** The OpenID providers that this installation is configured with. What each can do is asked of it when first needed. */
@Component
public class Providers {

    private static final Logger log = LoggerFactory.getLogger(Providers.class);

    /** What stands on a button, and behind it. */
    public record Choice(String id, String name) {}

    private final Map<String, Provider> providers = new HashMap<>();
    private final List<Choice> choices;
    private final Map<String, ClientRegistration> known = new HashMap<>();
    private final String back;

    Providers(ProviderProperties properties, ConsoleAddress address) {
        properties.providers().forEach(each -> providers.put(each.id(), each));
        this.choices = properties.providers().stream()
                .map(each -> new Choice(each.id(), each.name()))
                .toList();
        this.back = address.publicUrl() + "/sign-in/from/";
    }

    /** In the order of the configuration; empty for most installations. */
    public List<Choice> choices() {
        return choices;
    }

    String nameOf(String issuer) {
        return providers.values().stream()
                .filter(each -> each.issuer().toString().equals(issuer))
                .map(Provider::name)
                .findFirst()
                .orElse(issuer);
    }

    Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /**
     * What the provider says of itself; must be the configured issuer.
     *
     * @return empty if it cannot be reached or says something else
     */
    synchronized Optional<ClientRegistration> registration(Provider provider) {
        ClientRegistration registration = known.get(provider.id());
        if (registration == null) {
            try {
                registration = ask(provider);
                known.put(provider.id(), registration);
            } catch (RuntimeException e) {
                log.warn("The OpenID provider {} cannot be used: {}", provider.id(), e.getMessage());
            }
        }
        return Optional.ofNullable(registration);
    }

    private ClientRegistration ask(Provider provider) {
        return ClientRegistrations.fromOidcIssuerLocation(provider.issuer().toString())
                .registrationId(provider.id())
                .clientId(provider.clientId())
                .clientSecret(provider.clientSecret())
                .clientName(provider.name())
                .scope(provider.scopes())
                .redirectUri(back + provider.id())
                .build();
    }
}
