package io.perennial.delivery.sender;

import io.perennial.kernel.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the keys in use ready, and looks every few seconds whether others are: any node may have changed them. */
@Component
class StoredSigningKeys implements SigningKeys {

    private static final long FRESH = Duration.ofSeconds(3).toNanos();
    private static final int MOST = 10_000;

    private final DkimStore store;
    private final Map<Place, Known> known = new ConcurrentHashMap<>();

    StoredSigningKeys(DkimStore store) {
        this.store = store;
    }

    private record Place(TenantId tenant, String domain) {}

    private record Known(List<Long> ids, @Nullable DkimKeys keys, long at) {}

    @Override
    public @Nullable DkimKeys of(TenantId tenant, String domain) {
        Place place = new Place(tenant, Domains.ascii(domain));
        Known before = known.get(place);
        if (before != null && System.nanoTime() - before.at() < FRESH) {
            return before.keys();
        }
        List<Long> ids = store.active(tenant, place.domain());
        DkimKeys keys = before != null && before.ids().equals(ids) ? before.keys() : load(place, ids);
        if (known.size() > MOST) {
            known.clear();
        }
        known.put(place, new Known(ids, keys, System.nanoTime()));
        return keys;
    }

    /** What is known is asked for anew: something was changed on this node. */
    void expire(TenantId tenant) {
        known.keySet().removeIf(place -> place.tenant().equals(tenant));
    }

    private @Nullable DkimKeys load(Place place, List<Long> ids) {
        List<DkimKeys.Key> keys = new ArrayList<>(ids.size());
        for (long id : ids) {
            DkimKeys.Key key = store.key(place.tenant(), id);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys.isEmpty() ? null : new DkimKeys(place.domain(), keys);
    }
}
