package io.perennial.outside;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * One request to an address that a tenant named, and the beginning of its answer. HTTP/1.1 over a connection of its own, to
 * the very address that was checked, which Java's client does not allow; certificates are checked for the host's name.
 * Redirects are answers like others. The whole takes no longer than the operator allows, however slowly the other side
 * speaks.
 */
@Component
public class OutsideHttp {

    private final OutsideHosts hosts;
    private final OutsideProperties properties;
    private final SSLSocketFactory tls;

    @Autowired
    OutsideHttp(OutsideHosts hosts, OutsideProperties properties) {
        this(hosts, properties, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** With another trust. */
    public OutsideHttp(OutsideHosts hosts, OutsideProperties properties, SSLSocketFactory tls) {
        this.hosts = hosts;
        this.properties = properties;
        this.tls = tls;
    }

    /**
     * Sends a request.
     *
     * @param headers without those that every request has; one line each
     * @param most bytes of the answer's body that are read
     * @throws NotOutside if the address may not be connected to; nothing was sent
     * @throws IOException if there was no answer in time, or none that can be read
     */
    public OutsideAnswer send(String method, URI url, Map<String, String> headers, byte[] body, int most)
            throws IOException {
        URI known = OutsideHosts.parse(url.toString());
        OutsideHosts.Place place = hosts.find(known);
        Socket socket = new Socket();
        AtomicBoolean late = new AtomicBoolean();
        Thread guard = Thread.startVirtualThread(() -> closeAfter(properties.timeout(), socket, late));
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) properties.timeout().toMillis());
            socket.connect(new InetSocketAddress(place.address(), OutsideHosts.port(known)), (int)
                    properties.connectTimeout().toMillis());
            Socket line = "https".equals(known.getScheme()) ? encrypted(socket, place.host(), known) : socket;
            OutputStream out = line.getOutputStream();
            out.write(head(method, known, headers, body.length));
            out.write(body);
            out.flush();
            return OutsideAnswer.read(line.getInputStream(), most);
        } catch (IOException e) {
            if (late.get()) {
                throw new InterruptedIOException(
                        "No answer within " + properties.timeout().toSeconds() + " seconds");
            }
            throw e;
        } finally {
            guard.interrupt();
        }
    }

    private Socket encrypted(Socket socket, String host, URI url) throws IOException {
        SSLSocket secure = (SSLSocket) tls.createSocket(socket, host, OutsideHosts.port(url), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static byte[] head(String method, URI url, Map<String, String> headers, int length) {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(url.getRawPath())
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getRawAuthority())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        headers.forEach((name, value) ->
                head.append(oneLine(name)).append(": ").append(oneLine(value)).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String oneLine(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("A header is one line of ASCII");
        }
        return text;
    }

    /** Reading byte by byte would never time out by itself. */
    private static void closeAfter(Duration time, Socket socket, AtomicBoolean late) {
        try {
            Thread.sleep(time);
            late.set(true);
            socket.close();
        } catch (InterruptedException | IOException e) {
            // It was answered, or there is nothing left to close.
        }
    }
}
