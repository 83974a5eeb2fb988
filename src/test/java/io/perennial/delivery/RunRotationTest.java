package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.kernel.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
}
