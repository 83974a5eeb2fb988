package io.perennial.campaigns;

import io.perennial.kernel.CustomerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Offers for tests: the first customer gets one, the second one that cannot be written, everybody else none. */
@Component
class Offers implements CampaignPersonalisation {

    static final String KIND = "test-offer";

    private static final Object UNWRITABLE = new Object() {
        @Override
        public String toString() {
            throw new IllegalStateException("This cannot be written");
        }
    };

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<String> provides() {
        return Set.of("voucher.code");
    }

    @Override
    public Map<CustomerId, Map<String, Object>> variables(long reference, Collection<CustomerId> customers) {
        List<CustomerId> people = List.copyOf(customers);
        Map<CustomerId, Map<String, Object>> offers = new HashMap<>();
        offers.put(people.get(0), Map.of("voucher", Map.of("code", "SPRING-" + reference)));
        if (people.size() > 1) {
            offers.put(people.get(1), Map.of("voucher", Map.of("code", UNWRITABLE)));
        }
        return offers;
    }
}
