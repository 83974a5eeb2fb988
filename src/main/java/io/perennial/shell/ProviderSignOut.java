package io.perennial.shell;

import com.vaadin.flow.spring.security.UidlRedirectStrategy;
import io.perennial.accounts.signin.Providers;
import io.perennial.accounts.signin.SignInDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/**
 * After somebody has signed out here: to the provider that vouched for them, to sign out there as well, where it offers that
 * (OpenID Connect RP-Initiated Logout); else to the sign-in page. The session here is over before, whatever follows.
 */
class ProviderSignOut implements LogoutSuccessHandler {

    private final Providers providers;
    private final UidlRedirectStrategy redirect = new UidlRedirectStrategy();

    ProviderSignOut(Providers providers) {
        this.providers = providers;
    }

    @Override
    public void onLogoutSuccess(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who)
            throws IOException {
        Optional<String> there = Optional.empty();
        if (who != null && who.getDetails() instanceof SignInDetails details) {
            String issuer = details.issuer();
            String token = details.token();
            there = issuer == null || token == null ? Optional.empty() : providers.signOut(issuer, token);
        }
        // UidlRedirectStrategy sets the context path before what is no whole address.
        redirect.sendRedirect(request, response, there.orElse("/"));
    }
}
