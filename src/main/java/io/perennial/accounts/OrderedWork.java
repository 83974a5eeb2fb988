package io.perennial.accounts;

import io.perennial.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work in the background that people of a business have ordered, as an operator sees it: how much there is and how it goes,
 * nothing of what it is about. Make one Spring bean for each kind.
 */
public interface OrderedWork {

    /** The key of its name. */
    String nameKey();

    /** What waits or runs, the oldest first; at most a hundred. */
    List<Open> open();

    /** What became of what ended since then. */
    Ended since(Instant from);

    /**
     * @param running else it waits
     * @param beatAt when its node last said that it works on it
     * @param share of it that is done, 0 to 1; null where nobody knows
     */
    record Open(
            TenantId tenant,
            String business,
            boolean running,
            Instant since,
            @Nullable Instant beatAt,
            @Nullable Double share) {}

    record Ended(long well, long failed) {}
}
