package io.perennial.delivery;

import io.perennial.tenancy.TenantSql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What of each mail is tracked: what the business allows, and nothing of those who do not want it. */
@Component
@TenantSql("Asks for a chunk of customers in one statement that names the run's tenant.")
class TrackingPolicy {

    private final JdbcClient jdbc;
    private final TrackingSettings settings;

    TrackingPolicy(JdbcClient jdbc, TrackingSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** For the messages of one claim. */
    record Tracking(Tracked all, Set<Long> declined) {

        Tracked of(Claim.Held held) {
            return declined.contains(held.customer()) ? Tracked.NOTHING : all;
        }
    }

    Tracking of(Claim claim) {
        TrackingSettings.Setting setting = settings.of(claim.run().tenant());
        if ((!setting.opens() && !setting.clicks()) || claim.messages().isEmpty()) {
            return new Tracking(Tracked.NOTHING, Set.of());
        }
        List<Object> params = new ArrayList<>(claim.messages().size() + 1);
        params.add(claim.run().tenant().value());
        claim.messages().forEach(held -> params.add(held.customer()));
        Set<Long> declined = new HashSet<>(jdbc.sql("SELECT customer_id FROM customer_tracking "
                        + "WHERE tenant_id = ? AND NOT allowed AND customer_id IN ("
                        + Ledger.marks(claim.messages().size()) + ")")
                .params(params)
                .query(Long.class)
                .list());
        return new Tracking(new Tracked(setting.opens(), setting.clicks()), declined);
    }
}
