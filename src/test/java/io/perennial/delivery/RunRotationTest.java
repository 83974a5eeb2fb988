package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRotationTest {

    private static Run run(long tenant, long id) {
        return new Run(new TenantId(tenant), new RunId(id), RunState.SENDING, "k", 1, "n", "a@b.example", null, null);
    }

    @Test
    void aTenantWithManyRunsDoesNotHoldUpOneWithASingleRun() {
        List<Run> runs = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            runs.add(run(1, i));
        }
        runs.add(run(2, 100));
        RunRotation rotation = new RunRotation(() -> runs, Duration.ofHours(1));
        List<Long> served = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            served.add(rotation.next().orElseThrow().id().value());
        }
        assertThat(served.stream().filter(id -> id == 100)).hasSize(9);
        assertThat(served.stream().filter(id -> id < 100).distinct()).hasSize(9);
    }

    @Test
    void aRunWithoutWorkIsLeftOutUntilThingsChange() {
        RunRotation rotation = new RunRotation(() -> List.of(run(1, 1)), Duration.ofHours(1));
        rotation.ranDry(rotation.next().orElseThrow());
        assertThat(rotation.next()).isEmpty();
        rotation.expire();
        assertThat(rotation.next()).isPresent();
    }

    @Test
    void twiceTheWeightIsTwiceTheMessages() {
        RunRotation rotation = new RunRotation(
                () -> List.of(run(1, 1), run(2, 2)), tenant -> tenant.value() == 1 ? 2 : 1, 400, Duration.ofHours(1));
        Map<Long, Integer> messages = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            Run run = rotation.next().orElseThrow();
            int turn = rotation.turnOf(run);
            messages.merge(run.tenant().value(), turn, Integer::sum);
            rotation.served(run, turn, turn, 1_000_000);
        }
        assertThat((double) messages.get(1L) / messages.get(2L)).isBetween(1.9, 2.1);
    }

    @Test
    void aNewcomerIsNextAndTimeInIdlenessIsNotSavedUp() {
        List<Run> runs = new ArrayList<>(List.of(run(1, 1)));
        RunRotation rotation = new RunRotation(() -> runs, Duration.ofHours(1));
        for (int i = 0; i < 1_000; i++) {
            serve(rotation);
        }
        runs.add(run(2, 2));
        rotation.expire();
        serve(rotation); // one turn at most
        List<Long> next = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            next.add(serve(rotation).tenant().value());
        }
        assertThat(next).contains(1L, 2L);
        assertThat(next.subList(0, 2)).contains(2L);
    }

    @Test
    void aSlowServerMakesTurnsShort() {
        RunRotation rotation = new RunRotation(() -> List.of(run(1, 1)), Duration.ofHours(1));
        Run run = rotation.next().orElseThrow();
        int turn = rotation.turnOf(run);
        rotation.served(run, turn, turn, turn * 1_000_000_000L);
        assertThat(rotation.turnOf(run)).isEqualTo(2);
        for (int i = 0; i < 12; i++) {
            turn = rotation.turnOf(run);
            rotation.served(run, turn, turn, turn * 1_000_000L);
        }
        assertThat(rotation.turnOf(run)).isEqualTo(400);
    }

    private static Run serve(RunRotation rotation) {
        Run run = rotation.next().orElseThrow();
        int turn = rotation.turnOf(run);
        rotation.served(run, turn, turn, 1_000_000);
        return run;
    }
}
