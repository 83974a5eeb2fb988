package io.perennial.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The addresses that monitoring reads: with the token alone, whoever else may be signed in; without a configured token
 * they are not there.
 *
 * @see <a href="../../../../../../docs/decisions/0904-what-is-watched.md">0904-what-is-watched.md</a>
 */
@Configuration(proxyBeanMethods = false)
class MonitoringDoor {

    @Bean
    @Order(0)
    SecurityFilterChain monitoring(HttpSecurity http, MonitoringProperties properties) throws Exception {
        return http.securityMatcher("/actuator/prometheus/**", "/actuator/sbom/**")
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((who, context) -> new AuthorizationDecision(admits(properties, context.getRequest()))))
                .exceptionHandling(refusal -> refusal.authenticationEntryPoint(
                                (request, response, e) -> refuse(properties, response))
                        .accessDeniedHandler((request, response, e) -> refuse(properties, response)))
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.disable())
                .requestCache(cache -> cache.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    private static boolean admits(MonitoringProperties properties, HttpServletRequest request) {
        String token = properties.token();
        String given = request.getHeader("Authorization");
        return token != null
                && properties.isOpen()
                && given != null
                // Takes as long for a near miss as for a wild guess.
                && MessageDigest.isEqual(bytes("Bearer " + token.strip()), bytes(given));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void refuse(MonitoringProperties properties, HttpServletResponse response) {
        if (properties.isOpen()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
