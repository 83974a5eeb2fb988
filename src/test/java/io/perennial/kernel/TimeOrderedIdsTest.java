package io.perennial.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    @Test
    void idsGrow() {
        List<Long> ids =
                IntStream.range(0, 10_000).mapToObj(i -> TimeOrderedIds.next()).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id > 0);
    }

    @Test
    void blocksOfSeveralThreadsDoNotOverlap() {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        Set<Long> twice = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int task = 0; task < 4; task++) {
                threads.execute(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        int count = 1 + i % 7;
                        long first = TimeOrderedIds.nextBlock(count);
                        for (long id = first; id < first + count; id++) {
                            if (!seen.add(id)) {
                                twice.add(id);
                            }
                        }
                    }
                });
            }
        }
        assertThat(twice).isEmpty();
    }

    @Test
    void anEmptyBlockIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> TimeOrderedIds.nextBlock(0));
    }
}
