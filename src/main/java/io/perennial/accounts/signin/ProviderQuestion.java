package io.perennial.accounts.signin;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** A sign-in that was begun and waits, in the session, for the person to come back from the provider; once. */
public final class ProviderQuestion implements Serializable {

    private static final long serialVersionUID = 1;
    private static final Duration HOLDS = Duration.ofMinutes(15);

    private final String provider;
    private final ProviderWish wish;
    private final OAuth2AuthorizationRequest request;
    private final Instant since = Instant.now();
    private final AtomicBoolean taken = new AtomicBoolean();

    ProviderQuestion(ProviderWish wish, OAuth2AuthorizationRequest request) {
        this.provider = wish.provider();
        this.wish = wish;
        this.request = request;
    }

    /** Where the person is sent. */
    public String address() {
        return request.getAuthorizationRequestUri();
    }

    /** What it was asked for. */
    public ProviderWish wish() {
        return wish;
    }

    Instant since() {
        return since;
    }

    /** Whether it was this provider that was asked. */
    public boolean isOf(String id) {
        return provider.equals(id);
    }

    String provider() {
        return provider;
    }

    OAuth2AuthorizationRequest request() {
        return request;
    }

    boolean take() {
        return taken.compareAndSet(false, true) && since.plus(HOLDS).isAfter(Instant.now());
    }
}
