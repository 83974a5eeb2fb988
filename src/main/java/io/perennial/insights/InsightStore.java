package io.perennial.insights;

import io.perennial.insights.metrics.BackTest;
import io.perennial.insights.model.Fit;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the latest figures of each business, its fits and its own silence threshold. */
@Component
@TenantSql("Documents and fits keyed by tenant; each statement names the tenant it is given.")
class InsightStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    InsightStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Figures and when they were computed. */
    record Kept(InsightSnapshot snapshot, Instant computedAt) {}

    @Transactional(readOnly = true)
    Optional<Kept> find(TenantId tenant) {
        return jdbc.sql("SELECT document, computed_at FROM insight_snapshot WHERE tenant_id = ? AND version = ?")
                .params(tenant.value(), InsightSnapshot.VERSION)
                .query((rs, n) -> read(rs.getString(1), rs.getObject(2, LocalDateTime.class)))
                .optional()
                .flatMap(kept -> kept);
    }

    private Optional<Kept> read(String document, LocalDateTime computedAt) {
        try {
            return Optional.of(
                    new Kept(json.readValue(document, InsightSnapshot.class), computedAt.toInstant(ZoneOffset.UTC)));
        } catch (JacksonException e) {
            return Optional.empty(); // of a shape this release does not know: computed again by the next run
        }
    }

    @Transactional
    void keep(TenantId tenant, InsightSnapshot snapshot, Instant at) {
        jdbc.sql("INSERT INTO insight_snapshot (tenant_id, version, as_of, computed_at, document) "
                        + "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE version = VALUES(version), "
                        + "as_of = VALUES(as_of), computed_at = VALUES(computed_at), document = VALUES(document)")
                .params(
                        tenant.value(),
                        snapshot.version(),
                        snapshot.asOf(),
                        LocalDateTime.ofInstant(at, ZoneOffset.UTC),
                        json.writeValueAsString(snapshot))
                .update();
    }

    /** Forgets the figures: the business has no valid order any more. */
    @Transactional
    void forget(TenantId tenant) {
        jdbc.sql("DELETE FROM insight_snapshot WHERE tenant_id = ?")
                .param(tenant.value())
                .update();
    }

    @Transactional
    void keepFit(TenantId tenant, Fit<?> fit, @Nullable BackTest backTest, Instant at) {
        jdbc.sql("INSERT INTO model_fit (tenant_id, model, fitted_at, customers, parameters, log_likelihood, "
                        + "iterations, converged, back_test) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        tenant.value(),
                        fit.model().getClass().getSimpleName(),
                        LocalDateTime.ofInstant(at, ZoneOffset.UTC),
                        fit.customers(),
                        json.writeValueAsString(fit.model()),
                        fit.logLikelihood(),
                        fit.iterations(),
                        fit.converged())
                .param(backTest == null ? null : json.writeValueAsString(backTest))
                .update();
    }

    /** The latest fit of each model. */
    @Transactional(readOnly = true)
    List<FittedModel> fits(TenantId tenant) {
        return jdbc.sql("SELECT f.model, f.fitted_at, f.customers, f.parameters, f.log_likelihood, f.converged "
                        + "FROM model_fit f WHERE f.tenant_id = ? AND f.fitted_at = (SELECT MAX(m.fitted_at) FROM "
                        + "model_fit m WHERE m.tenant_id = f.tenant_id AND m.model = f.model) ORDER BY f.model")
                .param(tenant.value())
                .query((rs, n) -> new FittedModel(
                        rs.getString(1),
                        rs.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        rs.getInt(3),
                        json.readValue(rs.getString(4), FittedModel.PARAMETERS),
                        rs.getDouble(5),
                        rs.getBoolean(6)))
                .list();
    }

    /** The business's own silence threshold in days, or nothing where it is measured. */
    @Transactional(readOnly = true)
    @Nullable
    Integer chosenSilence(TenantId tenant) {
        return jdbc.sql("SELECT silence_days FROM insight_setting WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .optional()
                .orElse(null);
    }

    @Transactional
    void chooseSilence(TenantId tenant, @Nullable Integer days) {
        jdbc.sql("INSERT INTO insight_setting (tenant_id, silence_days) VALUES (?, ?) "
                        + "ON DUPLICATE KEY UPDATE silence_days = VALUES(silence_days)")
                .param(tenant.value())
                .param(days)
                .update();
    }
}
