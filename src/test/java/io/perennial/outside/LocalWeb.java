package io.perennial.outside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A web server on an address of this machine; answers as told, keeps what it was asked. */
public final class LocalWeb implements AutoCloseable {

    /** @param headers by their names in small letters */
    public record Asked(String method, String path, Map<String, String> headers, String body) {}

    public record Told(int status, Map<String, String> headers, String body) {
        public static Told of(int status) {
            return new Told(status, Map.of(), "");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Told> script = request -> Told.of(204);

    /** Plain, on an address that only tests use and the test profile allows. */
    public LocalWeb() {
        this("127.77.0.1", null);
    }

    /** @param tls nothing for plain */
    public LocalWeb(String address, SSLContext tls) {
        try {
            InetSocketAddress place = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
            if (tls == null) {
                server = HttpServer.create(place, 50);
            } else {
                HttpsServer secure = HttpsServer.create(place, 50);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url(String path) {
        return URI.create("http://" + server.getAddress().getHostString() + ":" + port() + path);
    }

    public List<Asked> asked() {
        return asked;
    }

    public void script(Function<Asked, Told> answers) {
        this.script = answers;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(request);
        Told told = script.apply(request);
        told.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
