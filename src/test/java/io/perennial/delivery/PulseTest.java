package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.perennial.kernel.TimeOrderedIds;
import io.perennial.support.IntegrationTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is taken for dead, and how soon. */
@IntegrationTest
class PulseTest {

    @Autowired
    JdbcClient jdbc;

    private Pulse pulse;

    @BeforeEach
    void begin() {
        pulse = new Pulse(jdbc, new NodeConnections());
        pulse.beat();
    }

    @AfterEach
    void end() {
        pulse.end();
    }

    /** A node elsewhere whose clock is five hours behind. */
    private long other(String host, long pid) {
        long id = TimeOrderedIds.next();
        jdbc.sql("INSERT INTO delivery_node (id, host, pid, beat, started_at, seen_at) VALUES (?, ?, ?, 1, "
                        + "UTC_TIMESTAMP(6) - INTERVAL 5 HOUR, UTC_TIMESTAMP(6) - INTERVAL 5 HOUR)")
                .params(id, host, pid)
                .update();
        return id;
    }

    private void beats(long node) {
        jdbc.sql("UPDATE delivery_node SET beat = beat + 1 WHERE id = ?")
                .param(node)
                .update();
    }

    @Test
    void whoStandsStillIsDeadAndWhoBeatsLivesWhateverItsClockSays() {
        long silent = other("elsewhere", 1);
        long living = other("elsewhere", 2);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    beats(living);
                    pulse.beat();
                    return pulse.dead().contains(silent);
                });
        assertThat(pulse.dead()).doesNotContain(living, pulse.id());
        assertThat(pulse.isFelt()).isTrue();
        assertThat(rows(silent)).isZero();
        jdbc.sql("DELETE FROM delivery_node WHERE id = ?").param(living).update();
    }

    @Test
    void whoWasTakenForDeadGoesOnUnderANewName() {
        long before = pulse.id();
        jdbc.sql("DELETE FROM delivery_node WHERE id = ?").param(before).update();
        pulse.beat();
        assertThat(pulse.id()).isNotEqualTo(before);
        assertThat(rows(pulse.id())).isEqualTo(1);
    }

    private long rows(long node) {
        return jdbc.sql("SELECT COUNT(*) FROM delivery_node WHERE id = ?")
                .param(node)
                .query(Long.class)
                .single();
    }
}
