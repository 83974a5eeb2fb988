package io.perennial.customers;

import io.perennial.kernel.CustomerId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Everything that happened to a customer, from every feature, as one list by time. */
@Service
public class CustomerTimeline {

    private static final Logger log = LoggerFactory.getLogger(CustomerTimeline.class);

    private final Customers customers;
    private final List<TimelineSource> sources;

    CustomerTimeline(Customers customers, List<TimelineSource> sources) {
        this.customers = customers;
        this.sources = sources;
    }

    /**
     * The latest entries before an instant, the newest first. For the next page give the last entry's time; entries of
     * exactly that time beyond the limit are then passed over, which times to the microsecond make rare.
     *
     * @throws CustomerNotFound if there is no such customer here
     */
    @PreAuthorize("hasAuthority('customer:read')")
    public List<TimelineEntry> before(CustomerId customer, Instant before, int limit) {
        customers.require(customer);
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
