package io.perennial.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.perennial.accounts.signin.ProviderProperties.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

/** Two real servers: one that says nothing until it is let, and one that answers. */
class ProvidersTest {

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer slow;
    private HttpServer quick;
    private Provider slowOne;
    private Provider quickOne;
    private Providers providers;

    @BeforeEach
    void two() throws IOException {
        slow = server();
        quick = server();
        slowOne = provider("slow", slow);
        quickOne = provider("quick", quick);
        answer(slow, issuer(slow), mayAnswer);
        answer(quick, issuer(quick), new CountDownLatch(0));
        providers = new Providers(
                new ProviderProperties(List.of(slowOne, quickOne)), () -> URI.create("https://console.example"));
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        slow.stop(0);
        quick.stop(0);
    }

    @Test
    void aSlowProviderHoldsUpNobodyOfAnother() {
        CompletableFuture<Optional<ClientRegistration>> waiting = asking(slowOne);
        await().until(() -> asked.get() == 1);
        assertThat(providers.registration(quickOne)).isPresent();
        assertThat(waiting).as("the slow one, meanwhile").isNotDone();
        mayAnswer.countDown();
        assertThat(waiting.join()).hasValueSatisfying(each -> {
            assertThat(each.getProviderDetails().getIssuerUri()).isEqualTo(issuer(slow));
            assertThat(each.getRedirectUri()).isEqualTo("https://console.example/sign-in/from/slow");
        });
    }

    @Test
    void whoComesWhileAProviderIsAskedWaitsForTheSameAnswer() {
        List<CompletableFuture<Optional<ClientRegistration>>> waiting =
                List.of(asking(slowOne), asking(slowOne), asking(slowOne));
        await().until(() -> asked.get() > 0);
        mayAnswer.countDown();
        assertThat(waiting).allSatisfy(each -> assertThat(each.join()).isPresent());
        assertThat(asked).hasValue(1);
        assertThat(providers.registration(slowOne)).isPresent();
        assertThat(asked).as("what is known is kept").hasValue(1);
    }

    @Test
    void aSilentProviderIsGivenUpAndWhoComesRightAfterIsToldAtOnce() {
        Optional<ClientRegistration> first = asking(slowOne)
                .orTimeout(3 * ProviderDescription.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertThat(first).isEmpty();
        int before = asked.get();
        assertThat(providers.registration(slowOne)).isEmpty();
        assertThat(asked).as("it is asked again later").hasValue(before);
    }

    @Test
    void whoeverCallsItselfOtherwiseIsNotTaken() throws IOException {
        HttpServer liar = server();
        answer(liar, "https://accounts.elsewhere.example", new CountDownLatch(0));
        try {
            assertThat(providers.registration(provider("liar", liar))).isEmpty();
        } finally {
            liar.stop(0);
        }
    }

    private CompletableFuture<Optional<ClientRegistration>> asking(Provider provider) {
        return CompletableFuture.supplyAsync(
                () -> providers.registration(provider), Executors.newVirtualThreadPerTaskExecutor());
    }

    private void answer(HttpServer server, String issuer, CountDownLatch when) {
        server.createContext("/.well-known/openid-configuration", exchange -> {
            asked.incrementAndGet();
            try {
                when.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] says = """
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/a","token_endpoint":"%1$s/t","jwks_uri":"%1$s/k",
                    "subject_types_supported":["public"],"response_types_supported":["code"],
                    "id_token_signing_alg_values_supported":["RS256"]}""".formatted(issuer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, says.length);
            exchange.getResponseBody().write(says);
            exchange.close();
        });
        server.start();
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        return server;
    }

    private static String issuer(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static Provider provider(String id, HttpServer server) {
        return new Provider(id, id, URI.create(issuer(server)), "client", "secret", Set.of("openid"), Set.of(), true);
    }
}
