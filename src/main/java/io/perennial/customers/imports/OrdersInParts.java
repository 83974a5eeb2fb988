package io.perennial.customers.imports;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders of which the tables hold more lines than the file has shown so far. The others may stand far below, so nothing
 * is said or written about them before the file differs or ends. Past a limit, which bounds the memory, they are taken
 * for changed at once.
 */
class OrdersInParts {

    private static final int LIMIT = 50_000;

    private final Map<String, StoredOrder> shown = new HashMap<>();

    boolean hasRoom() {
        return shown.size() < LIMIT;
    }

    /** What the file has shown of an order up to here. */
    @Nullable
    StoredOrder shown(String orderId) {
        return shown.get(orderId);
    }

    /** Takes over what a chunk came to, once it is written. */
    void takeOver(Changes changes) {
        changes.settled.forEach(shown::remove);
        shown.putAll(changes.waiting);
    }

    /** What the file ended without showing whole, always in the same order. */
    List<StoredOrder> rest() {
        return shown.values().stream()
                .sorted(Comparator.comparing(StoredOrder::externalId))
                .toList();
    }

    void forget(String orderId) {
        shown.remove(orderId);
    }

    void put(StoredOrder order) {
        shown.put(order.externalId(), order);
    }

    /** Of one chunk. */
    static class Changes {
        private final Map<String, StoredOrder> waiting = new HashMap<>();
        private final Set<String> settled = new HashSet<>();

        Set<String> waiting() {
            return waiting.keySet();
        }

        Set<String> settled() {
            return settled;
        }

        void wait(StoredOrder order) {
            waiting.put(order.externalId(), order);
        }

        void settle(StoredOrder order) {
            settled.add(order.externalId());
        }
    }
}
