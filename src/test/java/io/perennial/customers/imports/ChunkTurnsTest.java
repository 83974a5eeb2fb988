package io.perennial.customers.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ChunkTurnsTest {

    private final ChunkTurns turns = new ChunkTurns(0);

    @Test
    void aChunkGoesAheadBehindOneThatDid() {
        assertThat(turns.mayGoAhead(0, () -> true)).isTrue();
        assertThat(turns.mayGoAhead(1, () -> true)).isTrue();
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> turns.await(1));
        turns.await(0);
        assertThat(second).isNotDone();
        turns.noLongerAhead(0);
        turns.through(0);
        second.join();
    }

    @Test
    void behindOneThatDidNotItWaitsForItsTurn() {
        assertThat(turns.mayGoAhead(0, () -> false)).isFalse();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> turns.mayGoAhead(1, () -> true));
        turns.await(0);
        turns.beAlone(0);
        assertThat(second).isNotDone();
        turns.through(0);
        assertThat(second.join()).isTrue();
    }

    @Test
    void oneThatHasToLookCallsBackWhoeverIsAhead() {
        turns.mayGoAhead(0, () -> true);
        turns.mayGoAhead(1, () -> true);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try {
                assertThatExceptionOfType(ChunkTurns.Lost.class).isThrownBy(() -> turns.await(1));
            } finally {
                turns.noLongerAhead(1);
            }
            turns.await(1); // in its turn, with nothing in hand
        });
        turns.noLongerAhead(0);
        turns.await(0);
        turns.beAlone(0); // comes back only when the other let go
        assertThat(second).isNotDone();
        turns.through(0);
        second.join();
    }

    @Test
    void afterOneThatFailedNothingMoreIsWritten() {
        turns.mayGoAhead(0, () -> true);
        turns.mayGoAhead(1, () -> true);
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> assertThatExceptionOfType(ImportStopped.class).isThrownBy(() -> turns.await(1)));
        turns.fail(0);
        second.join();
    }

    @Test
    void oneThatFailsAheadLetsThoseBeforeItBeThrough() {
        turns.mayGoAhead(0, () -> true);
        turns.mayGoAhead(1, () -> true);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            turns.noLongerAhead(1);
            turns.fail(1);
        });
        turns.await(0);
        assertThat(second).isNotDone();
        turns.noLongerAhead(0);
        turns.through(0);
        second.join();
        assertThatExceptionOfType(ImportStopped.class).isThrownBy(() -> turns.mayGoAhead(2, () -> true));
    }
}
