package io.perennial.shell;

import io.perennial.uikit.PagePolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What stands before everything else of the web: headers, limits, and how the session's cookie is kept. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
class WebConfiguration {

    /** Behind the one that takes what proxies forward, before all that may refuse. */
    private static final int EARLY = Ordered.HIGHEST_PRECEDENCE + 1;

    @Bean
    FilterRegistrationBean<WebHeadersFilter> webHeaders(
            WebProperties properties, @Value("${perennial.public-url}") URI publicUrl) {
        FilterRegistrationBean<WebHeadersFilter> registration =
                new FilterRegistrationBean<>(new WebHeadersFilter(properties, isTls(publicUrl)));
        registration.setOrder(EARLY);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(WebProperties properties) {
        FilterRegistrationBean<BodyLimitFilter> registration =
                new FilterRegistrationBean<>(new BodyLimitFilter(properties));
        registration.setOrder(EARLY + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BesidePageFilter> besidePages() {
        FilterRegistrationBean<BesidePageFilter> registration = new FilterRegistrationBean<>(new BesidePageFilter());
        registration.setOrder(EARLY + 2);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(WebProperties properties) {
        return factory -> factory.addEngineValves(new TrustedProxies(properties.trustedProxies()));
    }

    /** What Tomcat refuses itself, such as an address it cannot read, passes no filter. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusalsOfTheContainer() {
        return factory -> factory.addEngineValves(new BareHeaders());
    }

    /**
     * Where the installation is reached by https, the session's cookie never travels without it, though the last hop to
     * this node may; and no other host or path of the domain can plant one.
     */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessionCookie(
            @Value("${perennial.public-url}") URI publicUrl) {
        return factory -> {
            Cookie cookie = factory.getSettings().getSession().getCookie();
            if (!isTls(publicUrl)) {
                // Ports share cookies: another program on this host, as a sign-in provider on one's own machine, would
                // overwrite one of the container's own name, and the person would come back without their session.
                if (cookie.getName() == null) {
                    cookie.setName("perennial");
                }
                return;
            }
            if (cookie.getSecure() == null) {
                cookie.setSecure(true);
            }
            if (cookie.getName() == null
                    && factory.getContextPath().isEmpty()
                    && Boolean.TRUE.equals(cookie.getSecure())) {
                cookie.setPath("/");
                cookie.setName("__Host-perennial");
            }
        };
    }

    private static boolean isTls(URI publicUrl) {
        return "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    /** The strictest of the headers; {@link WebHeadersFilter} puts all of them in their place. */
    private static final class BareHeaders extends ValveBase {

        BareHeaders() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            response.setHeader("Content-Security-Policy", PagePolicy.NOTHING);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "no-referrer");
            getNext().invoke(request, response);
        }
    }
}
