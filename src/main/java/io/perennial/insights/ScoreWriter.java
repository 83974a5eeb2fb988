package io.perennial.insights;

import io.perennial.customers.CustomerAspect;
import io.perennial.customers.CustomerChanges;
import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.RfmScores;
import io.perennial.insights.metrics.ShopHistory;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts scores into the customer summary, in steps of some hundred so that no lock is held for long. */
@Component
@TenantSql("Scores of every customer are written in bulk; each statement names the tenant it is given.")
class ScoreWriter {

    private static final int STEP = 500;

    private static final String CLEAR = """
            UPDATE customer_summary SET rfm_recency = NULL, rfm_frequency = NULL, rfm_monetary = NULL, p_alive = NULL,
              churn_risk = NULL, clv = NULL, scored_at = NULL
            WHERE tenant_id = ? AND scored_at IS NOT NULL AND scored_at < ?
            """;

    /** Orders of the erased still count for the business; nothing is foretold of who nobody is. */
    private static final String CLEAR_ERASED = """
            UPDATE customer_summary s JOIN customer c ON c.tenant_id = s.tenant_id AND c.id = s.customer_id
            SET s.rfm_recency = NULL, s.rfm_frequency = NULL, s.rfm_monetary = NULL, s.p_alive = NULL,
              s.churn_risk = NULL, s.clv = NULL, s.scored_at = NULL
            WHERE c.tenant_id = ? AND c.erased_at IS NOT NULL
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final CustomerChanges changes;

    ScoreWriter(JdbcTemplate jdbc, TransactionTemplate transactions, CustomerChanges changes) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.changes = changes;
    }

    /** Writes everybody's scores; who has no valid order any more loses theirs. */
    void write(TenantId tenant, ShopHistory history, RfmScores rfm, @Nullable Forecast forecast, Instant at) {
        LocalDateTime scoredAt = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        for (int from = 0; from < history.buyers(); from += STEP) {
            int to = Math.min(from + STEP, history.buyers());
            List<@Nullable Object> values = new ArrayList<>((to - from) * 7 + 2);
            for (int i = from; i < to; i++) {
                values.add(history.customer(i));
                values.add(rfm.recency(i));
                values.add(rfm.frequency(i));
                values.add(rfm.monetary(i));
                values.add(forecast == null ? null : forecast.alive(i));
                values.add(forecast == null ? null : forecast.churnRisk(i));
                values.add(forecast == null ? null : forecast.value(i));
            }
            values.add(scoredAt);
            values.add(tenant.value());
            String update = update(to - from);
            transactions.executeWithoutResult(tx -> jdbc.update(update, values.toArray()));
        }
        transactions.executeWithoutResult(tx -> {
            jdbc.update(CLEAR, tenant.value(), scoredAt);
            jdbc.update(CLEAR_ERASED, tenant.value());
            changes.noteAll(tenant, Set.of(CustomerAspect.SCORES));
        });
    }

    /** One update of many rows: six times as fast as as many updates, also where the driver sends them together. */
    private static String update(int customers) {
        return "UPDATE customer_summary s JOIN ("
                + "SELECT ? AS id, ? AS recency, ? AS frequency, ? AS monetary, ? AS alive, ? AS risk, ? AS clv"
                + " UNION ALL SELECT ?, ?, ?, ?, ?, ?, ?".repeat(customers - 1)
                + ") v ON v.id = s.customer_id SET s.rfm_recency = v.recency, s.rfm_frequency = v.frequency, "
                + "s.rfm_monetary = v.monetary, s.p_alive = v.alive, s.churn_risk = v.risk, s.clv = v.clv, "
                + "s.scored_at = ? WHERE s.tenant_id = ?";
    }
}
