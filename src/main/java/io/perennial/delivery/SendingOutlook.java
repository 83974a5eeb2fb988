package io.perennial.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be expected of the current business's sending. */
public interface SendingOutlook {

    /**
     * When so many mails more would be out, by the limits in force.
     *
     * @param done when the last one is due; empty if that is more than a year away
     * @param days how many on which day, at most a month's
     */
    record Forecast(@Nullable Instant done, List<Day> days) {}

    /**
     * One day of the business's calendar.
     *
     * @param mails that go out then
     */
    record Day(LocalDate date, long mails) {}

    /**
     * How long so many mails take from then on; what waits already goes first. None asks for what waits itself.
     *
     * @return empty where no limit holds them up
     */
    Optional<Forecast> forecast(long mails, Instant from);

    /** Why nothing of this business goes out at the moment, in words for its staff; empty mostly. */
    Optional<String> held();
}
