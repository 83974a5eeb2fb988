package io.perennial.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private final RetrySchedule schedule = new RetrySchedule(
            List.of(Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(8)), Duration.ofDays(5));

    @Test
    void waitsAsListedAndRepeatsTheLast() {
        assertThat(schedule.after(0, Duration.ZERO).orElseThrow())
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(38));
        assertThat(schedule.after(1, Duration.ofMinutes(30)).orElseThrow())
                .isBetween(Duration.ofHours(1), Duration.ofMinutes(75));
        assertThat(schedule.after(9, Duration.ofDays(2)).orElseThrow())
                .isBetween(Duration.ofHours(8), Duration.ofHours(10));
    }

    @Test
    void givesUpWhenTheNextAttemptWouldComeTooLate() {
        assertThat(schedule.after(4, Duration.ofDays(5).minusHours(8))).isPresent();
        assertThat(schedule.after(4, Duration.ofDays(5).minusHours(7))).isEmpty();
    }

    @Test
    void whatWasPutOffTogetherDoesNotComeDueTogether() {
        Set<Long> seconds = IntStream.range(0, 10_000)
                .mapToObj(i -> schedule.after(0, Duration.ZERO).orElseThrow().toSeconds())
                .collect(Collectors.toSet());
        assertThat(seconds).hasSizeGreaterThan(400);
    }

    @Test
    void triesForFourToFiveDaysByDefaultAndOftenEnough() {
        Duration age = Duration.ZERO;
        int attempts = 1;
        for (var wait = schedule.after(0, age); wait.isPresent(); wait = schedule.after(attempts++, age)) {
            age = age.plus(wait.get());
        }
        assertThat(age).isBetween(Duration.ofDays(4), Duration.ofDays(5).plusHours(2));
    }
}
