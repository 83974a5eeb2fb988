package io.perennial.api.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Around everything of the API: whatever happens, the answer is JSON that says so, and never the console's page. */
class ApiFrameFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    ApiFrameFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try {
            chain.doFilter(request, new Plain(response));
        } catch (IOException e) { // whoever asked is gone
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            if (response.isCommitted()) {
                throw new IOException("Broken off", e);
            }
            ApiProblem problem = ApiFaults.problemOf(e);
            if (problem.status() == ApiProblem.Kind.UNAVAILABLE.status().value()) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            problems.write(response, problem);
        }
    }

    /** Does not let the container make the answer. */
    private class Plain extends HttpServletResponseWrapper {

        Plain(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            problems.write((HttpServletResponse) getResponse(), ApiProblem.ofStatus(status));
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}
