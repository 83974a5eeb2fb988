package io.perennial.shell;

import com.vaadin.flow.spring.security.RequestUtil;
import com.vaadin.flow.spring.security.VaadinDefaultRequestCache;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.perennial.accounts.OperatorVisits;
import io.perennial.accounts.StaffAccounts;
import io.perennial.accounts.signin.Providers;
import io.perennial.accounts.signin.SignInDetails;
import io.perennial.accounts.signin.SignInThrottle;
import io.perennial.accounts.signin.StaffSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.ExceptionMappingAuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * Who may come in by which door. Customers' pages below {@code /p} need no sign-in; everything else does. Sign-in
 * changes the session's id (Spring Security's default), takes about the same time for known and unknown people (it
 * hashes in both cases) and answers them alike.
 */
@Configuration
@EnableWebSecurity
@EnableMethodSecurity
class SecurityConfiguration {

    /** Customers' pages: no session, no sign-in; each link carries its own signature. */
    @Bean
    @Order(1)
    SecurityFilterChain customersPages(HttpSecurity http) throws Exception {
        return http.securityMatcher("/p/**", "/actuator/health/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                // Nothing here acts on a cookie, so there is nothing a forged request could borrow.
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(
            HttpSecurity http,
            StaffAccounts accounts,
            StaffSessions sessions,
            OperatorVisits visits,
            SignInThrottle throttle,
            Providers providers,
            RequestUtil vaadins,
            VaadinDefaultRequestCache wanted)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                "/styles.css", "/passkeys.js", "/fonts/**", "/icons/**", "/favicon.ico", "/images/**")
                        .permitAll()
                        .requestMatchers("/sign-in/**", "/sign-up", "/sign-up/*")
                        .permitAll())
                .formLogin(form -> form.loginPage("/login")
                        .authenticationDetailsSource(SignInDetails::new)
                        .failureHandler(signInFailed()))
                .with(
                        VaadinSecurityConfigurer.vaadin(),
                        vaadin -> vaadin.loginView(LoginView.class)
                                .logoutSuccessHandler(new ProviderSignOut(providers))
                                // It would let sign-ins through without a token.
                                .enableCsrfConfiguration(false)
                                // So that an address that leads nowhere gets the page that says so.
                                .anyRequest(AuthorizeHttpRequestsConfigurer.AuthorizedUrl::authenticated))
                .csrf(csrf -> csrf.ignoringRequestMatchers(request -> ofOpenPage(request, vaadins))
                        .withObjectPostProcessor(refusingKindly()))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(new SignInDue("/login")))
                // WebHeadersFilter writes them.
                .headers(headers -> headers.disable())
                .addFilterBefore(new SignInThrottleFilter(throttle), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(
                        new MembershipFilter(accounts, sessions, visits, wanted), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new TenantFilter(), AuthorizationFilter.class)
                .build();
    }

    /** Who could not even be looked up is not told that the password was wrong; who needs a second step is led to it. */
    static AuthenticationFailureHandler signInFailed() {
        ExceptionMappingAuthenticationFailureHandler handler = new ExceptionMappingAuthenticationFailureHandler();
        handler.setDefaultFailureUrl("/login?error");
        handler.setExceptionMappings(
                Map.of(InternalAuthenticationServiceException.class.getName(), "/login?unavailable"));
        return (request, response, failure) -> {
            if (failure instanceof SecondFactorDue due) {
                String step = PendingSignIn.begin(due, request);
                response.sendRedirect(request.getContextPath() + step);
            } else if (failure instanceof AnotherWayDue due) {
                response.sendRedirect(request.getContextPath() + due.page());
            } else {
                handler.onAuthenticationFailure(request, response, failure);
            }
        };
    }

    /**
     * Messages and uploads of Vaadin's open pages, whose token Vaadin checks itself. Told by their address first: the
     * parameter alone could be added to any other.
     */
    private static boolean ofOpenPage(HttpServletRequest request, RequestUtil vaadins) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return HttpMethod.POST.matches(request.getMethod())
                && (path.equals("/") || path.startsWith("/VAADIN/"))
                && vaadins.isFrameworkInternalRequest(request);
    }

    private static ObjectPostProcessor<CsrfFilter> refusingKindly() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends CsrfFilter> O postProcess(O filter) {
                filter.setAccessDeniedHandler(new StalePage());
                return filter;
            }
        };
    }

    /** Permissions are authorities without a prefix, so {@code @RolesAllowed("campaign:send")} means just that. */
    @Bean
    static GrantedAuthorityDefaults authoritiesWithoutPrefix() {
        return new GrantedAuthorityDefaults("");
    }

    /** Argon2id (16 MB, 2 passes) for new passwords; bcrypt of older ones is read, and renewed at the next sign-in. */
    @Bean
    static PasswordEncoder passwordEncoder() {
        return new DelegatingPasswordEncoder(
                "argon2",
                Map.of(
                        "argon2",
                        Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8(),
                        "bcrypt",
                        new BCryptPasswordEncoder()));
    }
}
