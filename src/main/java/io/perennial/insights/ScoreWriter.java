package io.perennial.insights;

import io.perennial.insights.metrics.Forecast;
import io.perennial.insights.metrics.RfmScores;
import io.perennial.insights.metrics.ShopHistory;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts scores into the customer summary, in steps of some hundred so that no lock is held for long. */
@Component
@TenantSql("Scores of every customer are written in bulk; each statement names the tenant it is given.")
class ScoreWriter {

    private static final int STEP = 500;
    private static final String UPDATE = """
            UPDATE customer_summary SET rfm_recency = ?, rfm_frequency = ?, rfm_monetary = ?, p_alive = ?,
              churn_risk = ?, clv = ?, scored_at = ? WHERE tenant_id = ? AND customer_id = ?
            """;
    private static final String CLEAR = """
            UPDATE customer_summary SET rfm_recency = NULL, rfm_frequency = NULL, rfm_monetary = NULL, p_alive = NULL,
              churn_risk = NULL, clv = NULL, scored_at = NULL
            WHERE tenant_id = ? AND scored_at IS NOT NULL AND scored_at < ?
            """;
    private static final int[] TYPES = {
        Types.TINYINT,
        Types.TINYINT,
        Types.TINYINT,
        Types.DOUBLE,
        Types.DOUBLE,
        Types.DOUBLE,
        Types.TIMESTAMP,
        Types.BIGINT,
        Types.BIGINT
    };

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    ScoreWriter(JdbcTemplate jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Writes everybody's scores; who has no valid order any more loses theirs. */
    void write(TenantId tenant, ShopHistory history, RfmScores rfm, @Nullable Forecast forecast, Instant at) {
        LocalDateTime scoredAt = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        List<Object[]> step = new ArrayList<>(STEP);
        for (int i = 0; i < history.buyers(); i++) {
            step.add(new Object[] {
                rfm.recency(i),
                rfm.frequency(i),
                rfm.monetary(i),
                forecast == null ? null : forecast.alive(i),
                forecast == null ? null : forecast.churnRisk(i),
                forecast == null ? null : forecast.value(i),
                scoredAt,
                tenant.value(),
                history.customer(i)
            });
            if (step.size() == STEP || i + 1 == history.buyers()) {
                transactions.executeWithoutResult(tx -> jdbc.batchUpdate(UPDATE, step, TYPES));
                step.clear();
            }
        }
        transactions.executeWithoutResult(tx -> jdbc.update(CLEAR, tenant.value(), scoredAt));
    }
}
