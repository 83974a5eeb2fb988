package io.perennial.delivery.returns;

import io.perennial.delivery.ReturnsProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** A port of our own to which other servers return mails. Closed unless configured; takes few connections at once. */
@Component
class ReturnsPort implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReturnsPort.class);

    private final Intake intake;
    private final ReturnsProperties.Smtp settings;
    private final String name;
    private final @Nullable SSLSocketFactory tls;
    private final ConcurrentMap<InetAddress, Integer> hosts = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket listening;

    @Autowired
    ReturnsPort(Intake intake, ReturnsProperties properties, ObjectProvider<SslBundles> bundles) {
        this(intake, properties, tls(properties.smtp(), bundles));
    }

    ReturnsPort(Intake intake, ReturnsProperties properties, @Nullable SSLSocketFactory tls) {
        this.intake = intake;
        this.settings = properties.smtp();
        String given = settings.name() == null ? properties.domain() : settings.name();
        this.name = given == null || given.isBlank() ? "perennial" : given;
        this.tls = tls;
    }

    private static @Nullable SSLSocketFactory tls(ReturnsProperties.Smtp settings, ObjectProvider<SslBundles> bundles) {
        String bundle = settings.sslBundle();
        return bundle == null || bundle.isBlank()
                ? null
                : bundles.getObject().getBundle(bundle).createSslContext().getSocketFactory();
    }

    /** The port it listens on; 0 while closed. */
    int port() {
        ServerSocket socket = listening;
        return socket == null ? 0 : socket.getLocalPort();
    }

    @Override
    public void start() {
        Integer port = settings.port();
        if (port == null || listening != null) {
            return;
        }
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.bind(), port), settings.connections());
            listening = socket;
            Thread.ofPlatform().name("returns-smtp").daemon().start(() -> accept(socket));
            log.info("Returned mails are taken at port {}", socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("perennial.returns.smtp.port " + port + " cannot be opened", e);
        }
    }

    @Override
    public void stop() {
        ServerSocket socket = listening;
        listening = null;
        if (socket != null) {
            close(socket);
            open.forEach(ReturnsPort::close);
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (enter(socket)) {
                    Thread.ofVirtual().name("returns-smtp").start(() -> serve(socket));
                } else {
                    socket.getOutputStream()
                            .write(("421 4.7.0 " + name + " Too many connections\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    log.warn("A connection could not be accepted: {}", e.getMessage());
                }
            }
        }
    }

    private boolean enter(Socket socket) {
        int ofHost = hosts.merge(socket.getInetAddress(), 1, Integer::sum);
        if (open.size() >= settings.connections() || ofHost > settings.connectionsPerHost()) {
            leave(socket.getInetAddress());
            return false;
        }
        open.add(socket);
        return true;
    }

    private void leave(InetAddress host) {
        hosts.computeIfPresent(host, (h, count) -> count == 1 ? null : count - 1);
    }

    private void serve(Socket socket) {
        InetAddress host = socket.getInetAddress();
        try (socket) {
            new ReturnsSession(socket, name, settings, tls, intake).run();
        } catch (IOException e) {
            log.debug("{} went away: {}", host, e.getMessage());
        } catch (RuntimeException e) {
            log.error("Talking with {} stumbled", host, e);
        } finally {
            open.remove(socket);
            leave(host);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("Closed already", e);
        }
    }
}
