package io.perennial.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that must know theirs long before they listen. */
public final class FreePort {

    /**
     * Below those that the machine gives to connections and to who asks for any (32768 and more on Linux), one of which could
     * take it meanwhile; and for each of the JVMs that test at a time others.
     */
    private static final int FIRST = 20_000;

    private static final int EACH = 2_000;

    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePort() {}

    /** Another one each time. */
    public static synchronized int next() {
        int first = FIRST + Integer.getInteger("tests.fork", 0) % 6 * EACH;
        int port;
        do {
            port = first + ThreadLocalRandom.current().nextInt(EACH);
        } while (GIVEN.contains(port) || !isFree(port));
        GIVEN.add(port);
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
