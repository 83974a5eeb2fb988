package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.campaigns.PlannedTime.Oddity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PlannedTimeTest {

    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");

    @Test
    void anOrdinaryTimeIsItself() {
        PlannedTime time = PlannedTime.of(LocalDateTime.parse("2026-06-01T09:00"), PRAGUE);
        assertThat(time.at()).isEqualTo(Instant.parse("2026-06-01T07:00:00Z"));
        assertThat(time.oddity()).isEqualTo(Oddity.NONE);
    }

    @Test
    void aTimeInTheSpringGapMovesForwardByTheGap() {
        PlannedTime time = PlannedTime.of(LocalDateTime.parse("2026-03-29T02:30"), PRAGUE);
        assertThat(time.oddity()).isEqualTo(Oddity.GAP);
        assertThat(time.actual()).isEqualTo(LocalDateTime.parse("2026-03-29T03:30"));
        assertThat(time.at()).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void aTimeThatExistsTwiceInAutumnIsTheEarlier() {
        PlannedTime time = PlannedTime.of(LocalDateTime.parse("2026-10-25T02:30"), PRAGUE);
        assertThat(time.oddity()).isEqualTo(Oddity.OVERLAP);
        assertThat(time.at()).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(time.actual()).isEqualTo(time.asked());
    }

    @Test
    void theHoursAroundTheGapAndTheOverlapAreOrdinary() {
        assertThat(PlannedTime.of(LocalDateTime.parse("2026-03-29T03:00"), PRAGUE)
                        .oddity())
                .isEqualTo(Oddity.NONE);
        assertThat(PlannedTime.of(LocalDateTime.parse("2026-10-25T03:00"), PRAGUE)
                        .oddity())
                .isEqualTo(Oddity.NONE);
    }

    @Test
    void aHalfHourGapIsRespected() {
        PlannedTime time = PlannedTime.of(LocalDateTime.parse("2026-10-04T02:15"), ZoneId.of("Australia/Lord_Howe"));
        assertThat(time.actual()).isEqualTo(LocalDateTime.parse("2026-10-04T02:45"));
    }

    @Test
    void saysHowLateItIs() {
        PlannedTime time = PlannedTime.of(LocalDateTime.parse("2026-06-01T09:00"), PRAGUE);
        assertThat(time.isBefore(Instant.parse("2026-06-01T07:00:01Z"))).isTrue();
        assertThat(time.lateAt(Instant.parse("2026-06-01T13:00:00Z"))).isEqualTo(Duration.ofHours(6));
    }
}
