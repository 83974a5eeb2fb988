package io.perennial.delivery.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perennial.delivery.QuietHours;
import io.perennial.delivery.SendingOutlook.Day;
import io.perennial.delivery.SendingOutlook.Forecast;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceArithmeticTest {

    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private static TenantPace pace(Limits limits, TenantPace.@Nullable Domain domain, @Nullable QuietHours quiet) {
        return new TenantPace(
                PRAGUE,
                limits,
                domain == null ? Map.of() : Map.of("shop.example", domain),
                Map.of(),
                quiet,
                null,
                1,
                null);
    }

    @Test
    void quietHoursOverMidnightEndInTheMorning() {
        QuietHours quiet = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0), false);
        assertThat(quiet.quietFor(Instant.parse("2026-03-02T19:59:59Z"), PRAGUE))
                .isZero();
        assertThat(quiet.quietFor(Instant.parse("2026-03-02T20:00:00Z"), PRAGUE))
                .isEqualTo(Duration.ofHours(11));
        assertThat(quiet.quietFor(Instant.parse("2026-03-03T06:59:00Z"), PRAGUE))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(quiet.quietFor(Instant.parse("2026-03-03T07:00:00Z"), PRAGUE))
                .isZero();
    }

    @Test
    void quietHoursEndByTheClockOnTheWallWhenItIsPutForward() {
        QuietHours quiet = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0), false);
        assertThat(quiet.quietFor(Instant.parse("2026-03-28T20:00:00Z"), PRAGUE))
                .isEqualTo(Duration.ofHours(10));
        assertThat(quiet.quietFor(Instant.parse("2026-10-24T19:00:00Z"), PRAGUE))
                .isEqualTo(Duration.ofHours(12));
    }

    @Test
    void quietHoursWithinTheDay() {
        QuietHours lunch = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0), false);
        assertThat(lunch.quietFor(Instant.parse("2026-03-02T11:30:00Z"), PRAGUE))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(lunch.quietFor(Instant.parse("2026-03-02T12:00:00Z"), PRAGUE))
                .isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new QuietHours(LocalTime.NOON, LocalTime.NOON, false));
    }

    @Test
    void aWarmUpGrowsDayByDayAndEnds() {
        WarmUp plan = new WarmUp(MONDAY, 50, new BigDecimal("2"), 1_000);
        assertThat(plan.ceilingOn(MONDAY)).hasValue(50);
        assertThat(plan.ceilingOn(MONDAY.plusDays(4))).hasValue(800);
        assertThat(plan.ceilingOn(MONDAY.plusDays(5))).isEmpty();
        assertThat(plan.length()).isEqualTo(5);
        assertThatIllegalArgumentException().isThrownBy(() -> new WarmUp(MONDAY, 50, BigDecimal.ONE, 1_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new WarmUp(MONDAY, 0, BigDecimal.TWO, 1_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new WarmUp(MONDAY, 50, BigDecimal.TWO, 10));
    }

    @Test
    void theStricterLimitHolds() {
        Limits both = new Limits(null, 100, 1_000).within(new Limits(5, 200, null));
        assertThat(both).isEqualTo(new Limits(5, 100, 1_000));
    }

    @Test
    void aForecastFollowsTheWarmUp() {
        var domain = new TenantPace.Domain(null, null, new WarmUp(MONDAY, 100, BigDecimal.TWO, 10_000));
        Forecast forecast = new ForecastOfPace(pace(Limits.NONE, domain, null), "shop.example")
                .of(0, 500, MONDAY.atTime(9, 0).atZone(PRAGUE).toInstant())
                .orElseThrow();
        assertThat(forecast.days())
                .containsExactly(
                        new Day(MONDAY, 100), new Day(MONDAY.plusDays(1), 200), new Day(MONDAY.plusDays(2), 200));
        assertThat(forecast.done()).isNotNull();
    }

    @Test
    void aForecastLetsWhatWaitsGoFirstAndKeepsQuietHours() {
        QuietHours quiet = new QuietHours(LocalTime.of(20, 0), LocalTime.of(8, 0), false);
        Forecast forecast = new ForecastOfPace(pace(new Limits(null, 100, null), null, quiet), "shop.example")
                .of(300, 1_000, MONDAY.atTime(12, 0).atZone(PRAGUE).toInstant())
                .orElseThrow();
        // 12 to 20 o'clock: 800, of which 300 are others'; the rest from 8 o'clock on.
        assertThat(forecast.days()).containsExactly(new Day(MONDAY, 500), new Day(MONDAY.plusDays(1), 500));
        assertThat(forecast.done())
                .isEqualTo(MONDAY.plusDays(1).atTime(13, 0).atZone(PRAGUE).toInstant());
    }

    @Test
    void withoutLimitsThereIsNothingToForecast() {
        assertThat(new ForecastOfPace(pace(Limits.NONE, null, null), "shop.example").of(0, 1_000_000, Instant.now()))
                .isEmpty();
    }
}
