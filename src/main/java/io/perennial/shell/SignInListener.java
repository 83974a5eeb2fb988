package io.perennial.shell;

import io.perennial.accounts.SignInThrottle;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Forgets failed attempts once a person has come in. */
@Component
class SignInListener {

    private final SignInThrottle throttle;

    SignInListener(SignInThrottle throttle) {
        this.throttle = throttle;
    }

    @EventListener
    void signedIn(AuthenticationSuccessEvent event) {
        if (event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details) {
            throttle.succeeded(event.getAuthentication().getName(), details.getRemoteAddress());
        }
    }
}
