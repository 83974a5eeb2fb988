package io.perennial.accounts;

import com.vaadin.flow.spring.security.VaadinAwareSecurityContextHolderStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Vaadin's way to find the signed-in person answers from the console session wherever there is one, so that work queued
 * for a session runs as that session's person. It thereby overrules {@link ActingAs} during a request of the console (a
 * listener to an event that a click published, for instance). This lets the acting one go first where they began the
 * work.
 */
final class ActingContextStrategy implements SecurityContextHolderStrategy {

    private final SecurityContextHolderStrategy vaadin = new VaadinAwareSecurityContextHolderStrategy();

    @SuppressWarnings("ThreadLocalUsage") // Spring Security has one strategy; as a static it would outlive it in tests
    private final ThreadLocal<@Nullable ActingContext> acting = new ThreadLocal<>();

    @Override
    public SecurityContext getContext() {
        ActingContext current = acting.get();
        return current != null && current.holds() ? current : vaadin.getContext();
    }

    @Override
    public void setContext(SecurityContext context) {
        if (context instanceof ActingContext begun) {
            acting.set(begun);
        } else {
            acting.remove();
            vaadin.setContext(context);
        }
    }

    @Override
    public SecurityContext createEmptyContext() {
        return vaadin.createEmptyContext();
    }

    @Override
    public void clearContext() {
        acting.remove();
        vaadin.clearContext();
    }

    @Configuration
    static class Setup {

        @Bean
        static SecurityContextHolderStrategy securityContextHolderStrategy() {
            return new ActingContextStrategy();
        }
    }
}
