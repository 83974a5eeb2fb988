package io.perennial.segments;

import io.perennial.kernel.TenantId;
import io.perennial.segments.RuleContext.IdRange;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cuts a business's customers into slices of about the same size, so that they can be counted side by side. Remembered for
 * an hour: what has changed since makes the slices uneven, never a count wrong, as they cover every id there can be.
 */
@Component
@TenantSql("Finds every fifty-thousandth customer by the clustered key; the tenant is explicit.")
class CustomerSlices {

    /** Customers in a slice; a business with fewer is not cut. */
    private static final int SIZE = 50_000;

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST_BUSINESSES = 1_000;

    private final JdbcClient jdbc;
    private final Map<TenantId, Bounds> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TenantId, Bounds> eldest) {
            return size() > MOST_BUSINESSES;
        }
    };

    private record Bounds(List<Long> ids, Instant at) {}

    CustomerSlices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All ids, cut.
     *
     * @param most how many pieces at most; one where there are few customers
     */
    List<IdRange> of(TenantId tenant, int most) {
        List<Long> bounds = bounds(tenant);
        int pieces = Math.min(most, bounds.size() + 1);
        List<IdRange> ranges = new ArrayList<>();
        long from = Long.MIN_VALUE;
        for (int i = 1; i < pieces; i++) {
            long to = IdRange.beginOfWord(bounds.get(i * (bounds.size() + 1) / pieces - 1));
            ranges.add(new IdRange(from, to));
            from = to;
        }
        ranges.add(new IdRange(from, Long.MAX_VALUE));
        return ranges;
    }

    private List<Long> bounds(TenantId tenant) {
        synchronized (known) {
            Bounds there = known.get(tenant);
            if (there != null && there.at().plus(KEPT).isAfter(Instant.now())) {
                return there.ids();
            }
        }
        List<Long> ids = new ArrayList<>();
        for (Optional<Long> next = after(tenant, Long.MIN_VALUE);
                next.isPresent();
                next = after(tenant, ids.getLast())) {
            ids.add(next.get());
        }
        synchronized (known) {
            known.put(tenant, new Bounds(List.copyOf(ids), Instant.now()));
        }
        return ids;
    }

    private Optional<Long> after(TenantId tenant, long id) {
        return jdbc.sql("SELECT c.id FROM customer c FORCE INDEX (PRIMARY) WHERE c.tenant_id = ? AND c.id > ? "
                        + "ORDER BY c.id LIMIT 1 OFFSET " + (SIZE - 1))
                .params(tenant.value(), id)
                .query(Long.class)
                .optional();
    }
}
