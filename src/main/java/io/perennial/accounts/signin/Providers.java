package io.perennial.accounts.signin;

import io.perennial.accounts.ConsoleAddress;
import io.perennial.accounts.signin.ProviderProperties.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** The OpenID providers that this installation is configured with. What each can do is asked of it when first needed. */
@Component
public class Providers {

    private static final Logger log = LoggerFactory.getLogger(Providers.class);

    /** Since it was asked, until one that did not answer is asked again. */
    static final Duration PAUSE = Duration.ofSeconds(15);

    private static final Duration QUICKLY = Duration.ofSeconds(1);

    /** What stands on a button, and behind it. */
    public record Choice(String id, String name) {}

    private final Map<String, Provider> providers = new HashMap<>();
    private final List<Choice> choices;
    private final Map<String, Asked> known = new ConcurrentHashMap<>();
    private final ProviderDescription description = new ProviderDescription();
    private final String back;
    private final String left;

    Providers(ProviderProperties properties, ConsoleAddress address) {
        properties.providers().forEach(each -> providers.put(each.id(), each));
        this.choices = properties.providers().stream()
                .map(each -> new Choice(each.id(), each.name()))
                .toList();
        this.back = address.publicUrl() + "/sign-in/from/";
        this.left = address.publicUrl() + "/sign-in/left";
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

    /** Of the configured provider with this issuer. */
    Optional<String> idOf(String issuer) {
        return providers.values().stream()
                .filter(each -> each.issuer().toString().equals(issuer))
                .map(Provider::id)
                .findFirst();
    }

    Optional<String> issuerOf(String id) {
        return find(id).map(each -> each.issuer().toString());
    }

    /**
     * Where a person is sent who has signed out here, to be signed out there too.
     *
     * @param token the provider's own word about whose session it is
     * @return empty if the provider offers none, is not configured any more, or shall not be asked
     */
    public Optional<String> signOut(String issuer, String token) {
        return idOf(issuer)
                .flatMap(this::find)
                .filter(Provider::signOutThere)
                .flatMap(this::registration)
                .map(ClientRegistration::getProviderDetails)
                .map(each -> each.getConfigurationMetadata().get("end_session_endpoint"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                // Whatever else it offers (javascript:, for instance) is no page.
                .filter(each -> each.startsWith("https://") || each.startsWith("http://localhost:"))
                .map(each -> UriComponentsBuilder.fromUriString(each)
                        .queryParam("id_token_hint", "{token}")
                        .queryParam("client_id", "{client}")
                        .queryParam("post_logout_redirect_uri", "{left}")
                        .encode()
                        .buildAndExpand(
                                token,
                                find(idOf(issuer).orElseThrow()).orElseThrow().clientId(),
                                left)
                        .toUriString());
    }

    Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /**
     * What the provider says of itself; must be the configured issuer. Who comes while it is being asked waits for the same
     * answer; nobody waits for another provider's.
     *
     * @return empty if it cannot be reached or says something else, now or a moment ago
     */
    Optional<ClientRegistration> registration(Provider provider) {
        Asked mine = new Asked(new CompletableFuture<>(), System.nanoTime());
        Asked asked = Objects.requireNonNull(known.compute(
                provider.id(), (id, before) -> before == null || before.isWorthAnother() ? mine : before));
        if (asked == mine) {
            Optional<ClientRegistration> answer = Optional.empty();
            try {
                answer = ask(provider);
            } finally { // whatever became of it: others wait for it without end
                if (answer.isEmpty() && System.nanoTime() - mine.at() < QUICKLY.toNanos()) {
                    known.remove(provider.id(), mine); // to ask again keeps nobody waiting
                }
                mine.answer().complete(answer);
            }
        }
        return asked.answer().join();
    }

    private Optional<ClientRegistration> ask(Provider provider) {
        try {
            return Optional.of(description
                    .of(provider)
                    .registrationId(provider.id())
                    .clientId(provider.clientId())
                    .clientSecret(provider.clientSecret())
                    .clientName(provider.name())
                    .scope(provider.scopes())
                    .redirectUri(back + provider.id())
                    .build());
        } catch (RuntimeException e) {
            log.warn("The OpenID provider {} cannot be used: {}", provider.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** @param at by {@link System#nanoTime} */
    private record Asked(CompletableFuture<Optional<ClientRegistration>> answer, long at) {

        /** After one that failed, and not at once: a provider that is away holds up nobody who comes right after. */
        boolean isWorthAnother() {
            return answer.isDone() && answer.join().isEmpty() && System.nanoTime() - at > PAUSE.toNanos();
        }
    }
}
