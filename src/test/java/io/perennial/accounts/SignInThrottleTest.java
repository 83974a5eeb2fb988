package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private final MovableClock clock = new MovableClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void waitsGrowAfterFiveAttemptsButNeverPastFiveMinutes() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.begin("ada@acme.example", "10.0.0.1")).isZero();
        }
        Duration last = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            Duration wait = throttle.begin("ada@acme.example", "10.0.0.1");
            assertThat(wait).isGreaterThanOrEqualTo(last).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
            clock.pass(wait);
            assertThat(throttle.begin("ada@acme.example", "10.0.0.1")).isZero();
            last = wait;
        }
        assertThat(last).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theOwnerOfTheAccountComesInFromElsewhereMeanwhile() {
        exhaust("ada@acme.example", "10.0.0.1");
        assertThat(throttle.begin("ADA@acme.example ", "10.0.0.1")).isPositive();
        assertThat(throttle.begin("ada@acme.example", "10.0.0.2")).isZero();
    }

    @Test
    void aSuccessForgivesAndSoDoesAnHour() {
        exhaust("ada@acme.example", "10.0.0.1");
        clock.pass(Duration.ofMinutes(5));
        assertThat(throttle.begin("ada@acme.example", "10.0.0.1")).isZero();
        throttle.succeeded("ada@acme.example", "10.0.0.1");
        assertThat(throttle.begin("ada@acme.example", "10.0.0.1")).isZero();
        exhaust("bo@acme.example", "10.0.0.3");
        clock.pass(Duration.ofMinutes(61));
        assertThat(throttle.begin("bo@acme.example", "10.0.0.3")).isZero();
        assertThat(throttle.begin("bo@acme.example", "10.0.0.3")).isZero();
    }

    @Test
    void oneAddressThatTriesManyAccountsIsSlowedDown() {
        for (int i = 0; i < SignInThrottle.FREE_PER_ADDRESS; i++) {
            assertThat(throttle.begin("person" + i + "@acme.example", "10.0.0.9"))
                    .isZero();
        }
        assertThat(throttle.begin("another@acme.example", "10.0.0.9")).isPositive();
    }

    @Test
    void anOfficeBehindOneAddressSignsInFreely() {
        for (int i = 0; i < 200; i++) {
            assertThat(throttle.begin("person" + i + "@acme.example", "10.0.0.9"))
                    .isZero();
            throttle.succeeded("person" + i + "@acme.example", "10.0.0.9");
        }
    }

    @Test
    void oddInputIsCountedLikeAnyOther() {
        for (String odd : new String[] {null, "", "x".repeat(100_000), "\u0000", "ada@acme.example 10.0.0.1"}) {
            exhaust(odd, "10.0.1.1");
            assertThat(throttle.begin(odd, "10.0.1.1")).isPositive();
            clock.pass(Duration.ofHours(2));
        }
    }

    private void exhaust(String account, String address) {
        for (int i = 0; i < SignInThrottle.FREE_PER_ACCOUNT; i++) {
            throttle.begin(account, address);
        }
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
