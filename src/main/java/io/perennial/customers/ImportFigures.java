package io.perennial.customers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.perennial.kernel.LatelyRead;
import io.perennial.tenancy.TenantSql;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The installation's imports that are not over, the same on each node. Read at most every ten seconds. */
@Component
@TenantSql("Counts the imports of all tenants that are not over; nothing of any one is told.")
class ImportFigures implements MeterBinder {

    private static final Set<ImportState> NOT_OVER =
            Set.of(ImportState.QUEUED, ImportState.RUNNING, ImportState.PAUSED, ImportState.INTERRUPTED);

    /** @param silentSeconds since the last sign of life of the one that was silent longest, 0 where there is none */
    private record Waiting(long count, long silentSeconds) {}

    private final JdbcClient jdbc;
    private final LatelyRead<Map<ImportState, Waiting>> reading =
            new LatelyRead<>(Duration.ofSeconds(10), Map.of(), this::read);

    ImportFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        ImportMeters.bindTo(registry);
        for (ImportState state : NOT_OVER) {
            Gauge.builder(
                            "perennial.imports",
                            this,
                            figures -> figures.of(state).count())
                    .description("Imports that are not over")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder(
                        "perennial.imports.silent.seconds",
                        this,
                        figures -> Math.max(
                                figures.of(ImportState.RUNNING).silentSeconds(),
                                figures.of(ImportState.QUEUED).silentSeconds()))
                .description("Since the last sign of life of the running or waiting import that was silent longest")
                .register(registry);
    }

    private Waiting of(ImportState state) {
        return reading.get().getOrDefault(state, new Waiting(0, 0));
    }

    private Map<ImportState, Waiting> read() {
        Map<ImportState, Waiting> found = new EnumMap<>(ImportState.class);
        jdbc.sql("SELECT /* all tenants */ state, COUNT(*), "
                        + "COALESCE(MAX(TIMESTAMPDIFF(SECOND, beat_at, UTC_TIMESTAMP(6))), 0) FROM import_job "
                        + "WHERE state IN ('QUEUED', 'RUNNING', 'PAUSED', 'INTERRUPTED') GROUP BY state")
                .query((rs, n) -> found.put(
                        ImportState.valueOf(rs.getString(1)), new Waiting(rs.getLong(2), Math.max(0, rs.getLong(3)))))
                .list();
        return found;
    }
}
