package io.perennial.delivery.pace;

import io.perennial.delivery.QuietHours;
import io.perennial.delivery.SendingOutlook.Day;
import io.perennial.delivery.SendingOutlook.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through the hours to come and counts what the limits let out. Receivers' limits are not in it: they depend on who
 * is in the audience.
 */
final class ForecastOfPace {

    private static final int LONGEST_DAYS = 366;
    private static final int DAYS_SHOWN = 31;

    private final TenantPace pace;
    private final String domain;

    ForecastOfPace(TenantPace pace, String domain) {
        this.pace = pace;
        this.domain = domain;
    }

    Optional<Forecast> of(long before, long mails, Instant from) {
        QuietHours quiet = pace.quiet() == null || pace.quiet().ofCustomer() ? null : pace.quiet();
        if (quiet == null && pace.limits().isEmpty() && !pace.domains().containsKey(domain)) {
            return Optional.empty();
        }
        long ahead = before;
        long left = mails;
        List<Day> days = new ArrayList<>();
        ZonedDateTime at = from.atZone(pace.zone());
        Instant end = from.plus(Duration.ofDays(LONGEST_DAYS));
        LocalDate day = at.toLocalDate();
        long today = 0;
        long mine = 0;
        while (left > 0 && at.toInstant().isBefore(end)) {
            if (!at.toLocalDate().equals(day)) {
                add(days, day, mine);
                day = at.toLocalDate();
                today = 0;
                mine = 0;
            }
            Duration silence = quiet == null ? Duration.ZERO : quiet.quietFor(at.toInstant(), pace.zone());
            if (silence.isPositive()) {
                at = at.plus(silence);
                continue;
            }
            ZonedDateTime next = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            long room = Math.min(ofHour(day), ofDay(day) - today);
            long out = Math.min(room, ahead + left);
            long others = Math.min(out, ahead);
            ahead -= others;
            left -= out - others;
            today += out;
            mine += out - others;
            if (left == 0) {
                double share = room == 0 ? 0 : Math.min(1, (double) out / ofHour(day));
                at = at.plusNanos((long) (Duration.between(at, next).toNanos() * share));
                break;
            }
            at = ofDay(day) - today <= 0 ? day.plusDays(1).atStartOfDay(pace.zone()) : next;
        }
        add(days, day, mine);
        return Optional.of(new Forecast(left == 0 ? at.toInstant() : null, List.copyOf(days)));
    }

    private static void add(List<Day> days, LocalDate day, long mails) {
        if (mails > 0 && days.size() < DAYS_SHOWN) {
            days.add(new Day(day, mails));
        }
    }

    private long ofHour(LocalDate day) {
        Limits both = pace.limits().within(pace.ofDomain(domain, day));
        long byMinute = both.perMinute() == null ? Long.MAX_VALUE : both.perMinute() * 60L;
        return Math.min(byMinute, both.perHour() == null ? Long.MAX_VALUE : both.perHour());
    }

    private long ofDay(LocalDate day) {
        Integer most = pace.limits().within(pace.ofDomain(domain, day)).perDay();
        return most == null ? Long.MAX_VALUE : most;
    }
}
