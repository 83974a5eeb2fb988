package io.perennial.shell;

import io.perennial.accounts.StaffPrincipal;
import io.perennial.accounts.signin.Identities;
import io.perennial.accounts.signin.KnownDevices;
import io.perennial.accounts.signin.SignInThrottle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Once a person has come in, forgets their failed attempts, remembers their browser, and connects the account at a provider
 * with which they came.
 */
@Component
class SignInListener {

    private final SignInThrottle throttle;
    private final KnownDevices devices;
    private final Identities identities;

    SignInListener(SignInThrottle throttle, KnownDevices devices, Identities identities) {
        this.throttle = throttle;
        this.devices = devices;
        this.identities = identities;
    }

    @EventListener
    void signedIn(AuthenticationSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof StaffPrincipal staff
                && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            throttle.succeeded(staff.getUsername(), request.getRemoteAddr(), DeviceCookie.of(request));
            PendingConnection.of(request)
                    .filter(pending -> pending.isOf(staff))
                    .ifPresent(
                            pending -> identities.connect(staff, pending.vouch().person()));
            PendingConnection.forget(request);
            HttpServletResponse response = attributes.getResponse();
            if (response != null) {
                DeviceCookie.keep(devices.remember(staff.accountId(), DeviceCookie.of(request)), request, response);
            }
        }
    }
}
