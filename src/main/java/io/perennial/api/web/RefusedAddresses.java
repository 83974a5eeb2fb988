package io.perennial.api.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Answers programs whose request was refused before it came to the API: by the container, which cannot read its address or does
 * not know its method, or by Spring Security, which mistrusts it. Others get the page of an error.
 */
@Configuration(proxyBeanMethods = false)
class RefusedAddresses {

    private static final String PROGRAMS = "/api/";

    /** Behind the headers that every answer has. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusalsOfPrograms(ProblemWriter problems) {
        return factory -> factory.addEngineValves(new Refusals(problems));
    }

    @Bean
    RequestRejectedHandler mistrustedRequests(ProblemWriter problems) {
        return new Mistrusted(problems);
    }

    private static final class Refusals extends ValveBase {

        private final ProblemWriter problems;

        Refusals(ProblemWriter problems) {
            super(true);
            this.problems = problems;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (response.isError() && isForPrograms(request.getRequestURI())) {
                response.setSuspended(false); // as the container does that tells of it otherwise
                response.setContentType(ApiProblem.MEDIA_TYPE);
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                response.getReporter().write(problems.text(ApiProblem.ofStatus(response.getStatus())));
                response.finishResponse();
            } else {
                getNext().invoke(request, response);
            }
        }
    }

    private static final class Mistrusted implements RequestRejectedHandler {

        private final ProblemWriter problems;
        private final RequestRejectedHandler others = new HttpStatusRequestRejectedHandler();

        Mistrusted(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
                throws IOException, ServletException {
            if (isForPrograms(request.getRequestURI())) {
                problems.write(response, ApiProblem.ofStatus(HttpStatus.BAD_REQUEST.value()));
            } else {
                others.handle(request, response, rejected);
            }
        }
    }

    private static boolean isForPrograms(String address) {
        return address != null && address.startsWith(PROGRAMS);
    }
}
