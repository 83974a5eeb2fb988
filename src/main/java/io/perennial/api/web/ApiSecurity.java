package io.perennial.api.web;

import io.perennial.accounts.BusinessStandings;
import io.perennial.api.ApiCallers;
import io.perennial.api.ApiProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.transaction.PlatformTransactionManager;

/** The door for programs: a key with each request, no session, no cookie. */
@Configuration
@EnableConfigurationProperties(ApiProperties.class)
class ApiSecurity {

    static final String ROOT = "/api/v1";
    static final String DESCRIPTION = ROOT + "/openapi.json";

    /** The page for people. */
    static final String DOCS = "/api/docs";

    @Bean
    @Order(0)
    SecurityFilterChain programs(
            HttpSecurity http,
            ApiCallers callers,
            BusinessStandings standings,
            ApiProperties properties,
            ProblemWriter problems,
            RequestLedger ledger,
            PlatformTransactionManager transactions)
            throws Exception {
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers(DESCRIPTION, DOCS)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                // Nothing here acts on a cookie, so there is nothing a forged request could borrow.
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.disable())
                .addFilterBefore(new ApiFrameFilter(problems), DisableEncodeUrlFilter.class)
                .addFilterBefore(
                        new ApiKeyFilter(callers, standings, properties, problems), AnonymousAuthenticationFilter.class)
                .addFilterAfter(
                        new RequestOnceFilter(ledger, problems, properties, transactions), AuthorizationFilter.class)
                .build();
    }
}
