package io.perennial.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A mail server that encrypts and lets nobody in without a password, with a certificate of its own making. Answers as
 * configured; keeps what it heard, with a {@code *} before each line that came encrypted.
 */
public final class TlsSmtp implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final KeyStore keys;
    private final boolean implicit;
    private final List<String> offers;
    private final ServerSocket listener;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /**
     * @param name whom the certificate is for
     * @param implicit whether it speaks TLS from the first byte; otherwise by STARTTLS where that is among {@code offers}
     */
    public TlsSmtp(String name, boolean implicit, String... offers) {
        this(certificate(name), implicit, offers);
    }

    /** One whose certificate ran out five days ago, signed by somebody whom {@link #trust()} trusts. */
    public static TlsSmtp expired(String name, String... offers) {
        return new TlsSmtp(expiredCertificate(name), false, offers);
    }

    private TlsSmtp(KeyStore keys, boolean implicit, String... offers) {
        this.keys = keys;
        this.implicit = implicit;
        this.offers = List.of(offers);
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Certificate and private key, for another server under the same name; the password is "changeit". */
    public KeyStore keys() {
        return keys;
    }

    /** Holds the certificate, as somebody who trusts it needs it. */
    public KeyStore trust() {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("trusted", keys.getCertificate("trusted"));
            return trust;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    private static KeyStore certificate(String name) {
        return made(List.of(
                List.of("-alias", "smtp", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-validity", "2")));
    }

    private static KeyStore expiredCertificate(String name) {
        return made(List.of(
                List.of("-alias", "authority", "-dname", "CN=Authority", "-ext", "bc=ca:true", "-validity", "2"),
                List.of(
                        "-alias",
                        "smtp",
                        "-signer",
                        "authority",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-startdate",
                        "-10d",
                        "-validity",
                        "5")));
    }

    /** Makes pairs by keytool; the first one made is whom to trust, the one named smtp serves. */
    private static KeyStore made(List<List<String>> pairs) {
        try {
            Path folder = Files.createTempDirectory("smtp-cert");
            Path file = folder.resolve("keys.p12");
            try {
                for (List<String> pair : pairs) {
                    keytool(file, pair);
                }
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    store.load(in, PASSWORD.toCharArray());
                }
                KeyStore trusting = KeyStore.getInstance("PKCS12");
                trusting.load(null, null);
                trusting.setKeyEntry(
                        "smtp",
                        store.getKey("smtp", PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        store.getCertificateChain("smtp"));
                trusting.setCertificateEntry(
                        "trusted", store.getCertificate(pairs.getFirst().get(1)));
                return trusting;
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file, List<String> pair) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(pair);
        int exit = new ProcessBuilder(command).start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("keytool ended with " + exit);
        }
    }

    private SSLSocketFactory sockets() throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context.getSocketFactory();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        converse(implicit ? encrypted(socket) : socket, implicit);
                    } catch (IOException | GeneralSecurityException e) {
                        heard.add("broken: " + e.getMessage());
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private Socket encrypted(Socket socket) throws IOException, GeneralSecurityException {
        SSLSocket secure = (SSLSocket) sockets().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private void converse(Socket socket, boolean secure) throws IOException, GeneralSecurityException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (!secure || implicit) {
            say(socket, "220 tls ESMTP");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add((secure ? "*" : "") + line);
            switch (line.split("[ :]", 2)[0]) {
                case "EHLO" -> {
                    StringBuilder reply = new StringBuilder();
                    offers.stream()
                            .filter(offer -> !secure || !offer.equals("STARTTLS"))
                            .forEach(offer -> reply.append("250-").append(offer).append("\r\n"));
                    say(socket, "250-tls\r\n" + reply + "250 SIZE");
                }
                case "STARTTLS" -> {
                    say(socket, "220 Go ahead");
                    converse(encrypted(socket), true);
                    return;
                }
                case "AUTH" -> signIn(socket, in, line);
                case "DATA" -> {
                    say(socket, "354 Go ahead");
                    while (!".".equals(in.readLine())) {
                        // The content is of no interest.
                    }
                    say(socket, "250 2.0.0 Ok");
                }
                default -> say(socket, "250 Ok");
            }
        }
    }

    /** Lets in ada with the password "secret", by PLAIN or LOGIN. */
    private static void signIn(Socket socket, BufferedReader in, String line) throws IOException {
        String given;
        if (line.startsWith("AUTH LOGIN")) {
            say(socket, "334 VXNlcm5hbWU6");
            String name = decoded(in.readLine());
            say(socket, "334 UGFzc3dvcmQ6");
            given = "\0" + name + "\0" + decoded(in.readLine());
        } else {
            given = decoded(line.substring("AUTH PLAIN ".length()));
        }
        say(socket, given.equals("\0ada\0secret") ? "235 2.7.0 Welcome" : "535 5.7.8 Bad username or password");
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static void say(Socket socket, String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
