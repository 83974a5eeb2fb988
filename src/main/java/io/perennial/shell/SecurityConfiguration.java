package io.perennial.shell;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Who may come in by which door. Customers' pages below {@code /p} need no sign-in; everything else does. */
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
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(
                        org.springframework.security.config.http.SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/styles.css", "/fonts/**", "/icons/**", "/favicon.ico", "/images/**")
                        .permitAll())
                .with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin.loginView(LoginView.class))
                .addFilterAfter(new TenantFilter(), AuthorizationFilter.class)
                .build();
    }

    /** Permissions are authorities without a prefix, so {@code @RolesAllowed("campaign:send")} means just that. */
    @Bean
    static GrantedAuthorityDefaults authoritiesWithoutPrefix() {
        return new GrantedAuthorityDefaults("");
    }

    @Bean
    static PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
