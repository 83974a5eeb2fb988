package io.perennial.customers.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a chunk's orders, as far as it matters for later chunks and the file does not tell: their places in the
 * chunk.
 *
 * @param rejected by what is stored, an unknown customer for instance
 * @param skipped known before this import, and to stay as they are
 * @param waiting orders of which more is stored than the file has shown
 * @param settled such orders whose rest was shown
 */
record OrderChunkState(int[] rejected, int[] skipped, int[] waiting, int[] settled) {

    static final OrderChunkState NONE = new OrderChunkState(new int[0], new int[0], new int[0], new int[0]);

    OrderChunkState {
        skipped = Objects.requireNonNullElse(skipped, new int[0]); // chunks of earlier versions skipped none
    }

    static byte @Nullable [] pack(
            List<OrderGroup> groups,
            Collection<OrderGroup> rejected,
            Collection<OrderGroup> skipped,
            Set<String> waiting,
            Set<String> settled) {
        if (rejected.isEmpty() && skipped.isEmpty() && waiting.isEmpty() && settled.isEmpty()) {
            return null;
        }
        List<Integer> bad = new ArrayList<>();
        List<Integer> known = new ArrayList<>();
        List<Integer> wait = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            OrderGroup group = groups.get(i);
            if (rejected.contains(group)) {
                bad.add(i);
            }
            if (skipped.contains(group)) {
                known.add(i);
            }
            if (waiting.contains(group.orderId())) {
                wait.add(i);
            }
            if (settled.contains(group.orderId())) {
                done.add(i);
            }
        }
        return Packed.of(new OrderChunkState(ints(bad), ints(known), ints(wait), ints(done)));
    }

    static OrderChunkState unpack(byte @Nullable [] packed) {
        return packed == null ? NONE : Packed.as(OrderChunkState.class, packed);
    }

    /** Whether a place is one of these, which are in order. */
    static boolean has(int[] places, int place) {
        return Arrays.binarySearch(places, place) >= 0;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
