package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    @Test
    void afterAPauseOneMayTryAndTheOthersFollowWhenItWorked() {
        Breaker breaker = new Breaker(Duration.ofMillis(100));
        assertThat(breaker.mayTry()).isTrue();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.mayTry()).isFalse();
        await().atMost(Duration.ofMinutes(2)).until(breaker::mayTry);
        assertThat(breaker.mayTry()).isFalse();
        breaker.worked();
        assertThat(breaker.mayTry()).isTrue();
    }
}
