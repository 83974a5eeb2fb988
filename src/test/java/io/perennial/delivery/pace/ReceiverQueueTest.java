package io.perennial.delivery.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReceiverQueueTest {

    private static final LocalDateTime TEN = LocalDateTime.of(2026, 3, 2, 10, 0);

    private static ReceiverQueue fresh(int limit, LocalDateTime now) {
        return new ReceiverQueue(limit, now, 0, 0, 0, 0, 0, 0);
    }

    private static ReceiverQueue later(ReceiverQueue q, int limit, LocalDateTime now) {
        return new ReceiverQueue(limit, now, q.usedHour, q.used, q.tailHour, q.tailUsed, q.lateHour, q.lateUsed);
    }

    @Test
    void whatIsOverTheLimitGetsPlacesSpreadOverTheHoursToCome() {
        ReceiverQueue queue = fresh(100, TEN);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 350; i++) {
            waits.add(queue.next(false));
        }
        assertThat(waits.subList(0, 100)).containsOnly(Duration.ZERO);
        assertThat(waits.subList(100, 195))
                .doesNotHaveDuplicates()
                .allMatch(wait -> wait.toMinutes() >= 60 && wait.toMinutes() < 120);
        assertThat(waits.subList(195, 290)).allMatch(wait -> wait.toMinutes() >= 120 && wait.toMinutes() < 180);
        assertThat(waits.subList(290, 350)).allMatch(wait -> wait.toMinutes() >= 180 && wait.toMinutes() < 240);
    }

    @Test
    void aMillionMessagesAtAHundredAnHourAreLookedAtTwiceEachAndNeverMoreThanTheLimitGoes() {
        // A smaller world with the same shape: 20,000 messages, 100 an hour, and others who come in between.
        record Due(LocalDateTime at, boolean returning) {}
        PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> a.at().compareTo(b.at()));
        for (int i = 0; i < 20_000; i++) {
            queue.add(new Due(TEN, false));
        }
        for (int i = 0; i < 500; i++) {
            queue.add(
                    new Due(TEN.plusMinutes(17L * i), i % 2 == 0)); // newcomers, and some who come back from elsewhere
        }
        ReceiverQueue places = fresh(100, TEN);
        Map<Long, Integer> sent = new TreeMap<>();
        long looks = 0;
        while (!queue.isEmpty()) {
            Due due = queue.poll();
            looks++;
            places = later(places, 100, due.at());
            Duration wait = places.next(due.returning());
            if (wait.isZero()) {
                sent.merge(ReceiverQueue.hourOf(due.at()), 1, Integer::sum);
            } else {
                queue.add(new Due(due.at().plus(wait).plusNanos(1_000), true));
            }
        }
        assertThat(sent.values()).allMatch(count -> count <= 100);
        assertThat(sent.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(20_500);
        assertThat(looks).as("looks at messages").isLessThan(43_000);
        assertThat(sent).as("hours it takes").hasSizeLessThan(225);
    }

    @Test
    void theNextHourBeginsAnewAndWhoWaitedGoesFirst() {
        ReceiverQueue queue = fresh(2, TEN);
        for (int i = 0; i < 4; i++) {
            queue.next(false);
        }
        ReceiverQueue eleven = later(queue, 2, TEN.plusHours(1));
        assertThat(eleven.next(false)).as("a newcomer queues behind").isGreaterThanOrEqualTo(Duration.ofHours(1));
        assertThat(eleven.next(true)).isZero();
        assertThat(eleven.next(true)).isZero();
        assertThat(eleven.next(true)).as("a third who comes late").isGreaterThanOrEqualTo(Duration.ofHours(1));
    }
}
