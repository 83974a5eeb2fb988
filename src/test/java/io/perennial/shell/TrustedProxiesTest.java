package io.perennial.shell;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken of forwarded headers, asked of a real Tomcat from this machine, which is the proxy or is none. */
class TrustedProxiesTest {

    @TempDir
    Path folder;

    private final Tomcat tomcat = new Tomcat();

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void oneProxyNearbyIsTakenAtItsWordAndNobodyBeforeIt() throws Exception {
        start();
        assertThat(ask("X-Forwarded-For: 203.0.113.7")).isEqualTo("{x-forwarded-for=203.0.113.7}");
        assertThat(ask("X-Forwarded-For: 198.51.100.1, 10.0.0.9, 203.0.113.7"))
                .as("what the client made up stands first")
                .isEqualTo("{x-forwarded-for=203.0.113.7}");
        assertThat(ask("X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https"))
                .isEqualTo("{x-forwarded-for=203.0.113.7, x-forwarded-proto=https}");
        assertThat(ask("Forwarded: for=198.51.100.1;host=evil.example", "X-Forwarded-For: 2001:db8::7"))
                .isEqualTo("{x-forwarded-for=2001:db8::7}");
        assertThat(ask("X-Forwarded-For: unknown")).isEqualTo("{}");
        assertThat(ask("X-Forwarded-For: ::::, zz")).isEqualTo("{}");
    }

    @Test
    void namedProxiesArePassedOverFromTheEnd() throws Exception {
        start("127.0.0.1", "10.7.0.0/16");
        assertThat(ask("X-Forwarded-For: 198.51.100.1, 203.0.113.7, 10.7.0.4"))
                .isEqualTo("{x-forwarded-for=203.0.113.7}");
        assertThat(ask("X-Forwarded-For: 10.7.0.4"))
                .as("the proxy's own request")
                .isEqualTo("{}");
    }

    @Test
    void whoIsNoNamedProxyForwardsNothing() throws Exception {
        start("10.7.0.0/16");
        assertThat(ask(
                        "X-Forwarded-For: 203.0.113.7",
                        "X-Forwarded-Host: evil.example",
                        "x-forwarded-proto: https",
                        "Forwarded: for=203.0.113.7"))
                .isEqualTo("{}");
    }

    private void start(String... named) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addContext("", folder.toString());
        Wrapper echo = Tomcat.addServlet(context, "echo", new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                TreeMap<String, String> forwarded = new TreeMap<>();
                for (String name : Collections.list(request.getHeaderNames())) {
                    if (name.toLowerCase(java.util.Locale.ROOT).contains("forwarded")) {
                        forwarded.put(
                                name.toLowerCase(java.util.Locale.ROOT),
                                String.join("|", Collections.list(request.getHeaders(name))));
                    }
                }
                response.getWriter().print(forwarded);
            }
        });
        echo.addMapping("/");
        tomcat.getEngine().getPipeline().addValve(new TrustedProxies(List.of(named)));
        tomcat.start();
    }

    private String ask(String... headers) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
            String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers)
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return answer.lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
