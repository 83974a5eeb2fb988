package io.perennial.delivery;

import java.util.LinkedHashMap;
import java.util.Map;

/** The connections that one worker keeps, one a server; the longest unused is ended for another. */
final class OpenConnections implements AutoCloseable {

    private static final int MOST = 4;

    private final Map<MailServer, MailConnection> open = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MailServer, MailConnection> eldest) {
            if (size() <= MOST) {
                return false;
            }
            eldest.getValue().close();
            return true;
        }
    };

    MailConnection to(MailServer server) {
        MailConnection known = open.get(server);
        if (known == null) {
            known = server.connection();
            open.put(server, known);
        }
        return known;
    }

    void closeIdle() {
        open.values().forEach(MailConnection::closeIfIdle);
    }

    @Override
    public void close() {
        open.values().forEach(MailConnection::close);
        open.clear();
    }
}
