package io.perennial.delivery;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends connections whose server stops reading: sockets know a time-out for reads only, and a write would wait for ever.
 */
final class StallGuard {

    private final long allowedNanos;
    private final Map<Socket, Long> writing = new ConcurrentHashMap<>();
    private volatile boolean watching;

    StallGuard(Duration allowed) {
        this.allowedNanos = allowed.toNanos();
    }

    void begin(Socket socket) {
        writing.put(socket, System.nanoTime());
        if (!watching) {
            watch();
        }
    }

    void end(Socket socket) {
        writing.remove(socket);
    }

    private synchronized void watch() {
        if (!watching) {
            watching = true;
            Thread.ofVirtual().name("mail-stall-guard").start(this::look);
        }
    }

    /** Until nothing has been written for a while: then the next write begins anew. */
    private void look() {
        try {
            for (int quiet = 0; quiet < 60; quiet++) {
                Thread.sleep(Math.clamp(allowedNanos / 4_000_000, 50, 1000));
                if (!writing.isEmpty()) {
                    quiet = 0;
                }
                writing.forEach((socket, since) -> {
                    if (System.nanoTime() - since > allowedNanos) {
                        abandon(socket);
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watching = false;
        }
    }

    private static void abandon(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed all the same.
        }
    }
}
