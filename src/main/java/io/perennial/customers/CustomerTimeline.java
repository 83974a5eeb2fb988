package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Everything that happened to a customer, from every feature, as one list by time. */
@Service
public class CustomerTimeline {

    private static final Logger log = LoggerFactory.getLogger(CustomerTimeline.class);

    /** Things of one and the same moment that are told; no source of ours writes so many. */
    private static final int MOST_AT_ONCE = 500;

    private final Customers customers;
    private final List<TimelineSource> sources;

    CustomerTimeline(Customers customers, List<TimelineSource> sources) {
        this.customers = customers;
        this.sources = sources;
    }

    /**
     * The latest entries before an instant, the newest first. For the next page give the last entry's time: what happened
     * at that very moment is all on this page, which may be longer for it, so nothing is passed over or told twice
     * whatever is added meanwhile.
     *
     * @param limit at least so many if there are as many
     * @throws CustomerNotFound if there is no such customer here
     */
    @PreAuthorize("hasAuthority('customer:read')")
    public List<TimelineEntry> before(CustomerId customer, Instant before, int limit) {
        customers.require(customer);
        List<TimelineEntry> found = merged(customer, before, limit + 1);
        if (found.size() <= limit) {
            return found;
        }
        Instant last = found.get(limit - 1).at();
        if (!found.get(limit).at().equals(last)) {
            return found.subList(0, limit);
        }
        return Stream.concat(
                        found.stream().filter(entry -> entry.at().isAfter(last)),
                        merged(customer, last.plus(1, ChronoUnit.MICROS), MOST_AT_ONCE).stream()
                                .filter(entry -> entry.at().equals(last)))
                .toList();
    }

    private List<TimelineEntry> merged(CustomerId customer, Instant before, int limit) {
        return sources.stream()
                .flatMap(source -> entries(source, customer, before, limit).stream())
                .sorted(Comparator.comparing(TimelineEntry::at).reversed())
                .limit(limit)
                .toList();
    }

    /** One feature's fault must not hide what the others know. */
    private static List<TimelineEntry> entries(TimelineSource source, CustomerId customer, Instant before, int limit) {
        try {
            return source.entries(customer, before, limit);
        } catch (RuntimeException e) {
            log.error(
                    "{} could not tell what happened to customer {}",
                    source.getClass().getName(),
                    customer,
                    e);
            return List.of();
        }
    }
}
