package io.perennial.campaigns;

import io.perennial.accounts.CurrentStaff;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Who changes a campaign, and when; kept with it. */
record Author(String name, Instant at) {

    /** The signed-in member of staff, or the product itself. */
    static Author now() {
        return new Author(
                CurrentStaff.actorName().orElse("Perennial"), Instant.now().truncatedTo(ChronoUnit.MICROS));
    }
}
