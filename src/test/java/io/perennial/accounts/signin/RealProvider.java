package io.perennial.accounts.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * Spring Authorization Server on a port of its own, with people who have to sign in there. Without Spring Boot, whose
 * start would be that of the console.
 */
public final class RealProvider implements AutoCloseable {

    public static final String CLIENT = "console";
    public static final String SECRET = "known-to-both";
    public static final String PASSWORD = "theirs there";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final Tomcat tomcat = new Tomcat();
    private final InMemoryUserDetailsManager people = new InMemoryUserDetailsManager();
    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    /**
     * Begin it after the console where both are in one JVM: the console brings a {@code SecurityContextHolderStrategy} of its
     * own, and a provider made before it would take everybody for a stranger.
     *
     * @param port 0 for any
     * @param back where people are sent back to, and {@code left} after they signed out
     */
    public RealProvider(int port, String back, String left, boolean asksForConsent) {
        try {
            Path folder = Files.createTempDirectory("provider");
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(port);
            tomcat.getConnector();
            Context context = tomcat.addContext("", folder.toString());
            var application = new AnnotationConfigWebApplicationContext();
            application.register(Server.class);
            application.addBeanFactoryPostProcessor(beans -> {
                beans.registerSingleton("people", people);
                beans.registerSingleton("client", client(back, left, asksForConsent));
                beans.registerSingleton("verified", verified);
            });
            context.addServletContainerInitializer(
                    (classes, servlets) -> {
                        application.setServletContext(servlets);
                        var dispatcher = servlets.addServlet("provider", new DispatcherServlet(application));
                        dispatcher.addMapping("/");
                        dispatcher.setLoadOnStartup(1);
                        servlets.addFilter("doors", new DelegatingFilterProxy("springSecurityFilterChain", application))
                                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    },
                    null);
            tomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    public String issuer() {
        return "http://localhost:" + tomcat.getConnector().getLocalPort();
    }

    void add(String address) {
        add(address, true);
    }

    /** @param isVerified whether it says that the address is theirs */
    public void add(String address, boolean isVerified) {
        if (isVerified) {
            verified.add(address);
        }
        people.createUser(User.withUsername(address)
                .password("{noop}" + PASSWORD)
                .authorities("person")
                .build());
    }

    /**
     * Goes where the console sent them, signs in there, and tells where they were sent back to.
     *
     * @param address of somebody {@link #add added}
     */
    URI signIn(String address, String sentTo) throws IOException, InterruptedException {
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            URI form = location(browser, URI.create(sentTo));
            Matcher token = TOKEN.matcher(
                    browser.send(HttpRequest.newBuilder(form).build(), HttpResponse.BodyHandlers.ofString())
                            .body());
            if (!token.find()) {
                throw new AssertionError("No form at " + form);
            }
            HttpResponse<Void> answer = browser.send(
                    HttpRequest.newBuilder(form)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("username=" + encoded(address) + "&password="
                                    + encoded(PASSWORD) + "&_csrf=" + encoded(token.group(1))))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return location(
                    browser,
                    form.resolve(answer.headers().firstValue("Location").orElseThrow()));
        }
    }

    private static RegisteredClient client(String back, String left, boolean asksForConsent) {
        return RegisteredClient.withId("console")
                .clientId(CLIENT)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(back)
                .postLogoutRedirectUri(left)
                .scopes(scopes -> scopes.addAll(Set.of("openid", "email", "profile")))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(asksForConsent)
                        .build())
                .build();
    }

    private static URI location(HttpClient browser, URI address) throws IOException, InterruptedException {
        HttpResponse<Void> answer = browser.send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").build(),
                HttpResponse.BodyHandlers.discarding());
        return address.resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not marked as a configuration: the console's own scan would take it in. */
    @EnableWebMvc
    @EnableWebSecurity
    static class Server {

        @Bean
        SecurityFilterChain doors(HttpSecurity http) throws Exception {
            return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        RegisteredClientRepository clients(RegisteredClient client) {
            return new InMemoryRegisteredClientRepository(client);
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return NimbusJwtDecoder.withJwkSource(keys).build();
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> addresses(Set<String> verified) {
            return token -> {
                if (OidcParameterNames.ID_TOKEN.equals(token.getTokenType().getValue())) {
                    token.getClaims()
                            .claim("email", token.getPrincipal().getName())
                            .claim(
                                    "email_verified",
                                    verified.contains(token.getPrincipal().getName()));
                }
            };
        }
    }
}
