package io.perennial.customers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.List;

/** Counts the rows of imports on this node by what became of them, chunk by chunk once it is committed. */
class ImportMeters {

    private static final String NAME = "perennial.import.rows";

    private static final List<String> OUTCOMES = List.of("created", "updated", "unchanged", "skipped", "rejected");

    private ImportCounts counted;
    private ImportCounts reached;

    /** @param before of earlier attempts at the same import */
    ImportMeters(ImportCounts before) {
        this.counted = before;
        this.reached = before;
    }

    void soFar(ImportCounts counts) {
        reached = counts;
    }

    void committed() {
        count("created", reached.created() - counted.created());
        count("updated", reached.updated() - counted.updated());
        count("unchanged", reached.unchanged() - counted.unchanged());
        count("skipped", reached.skipped() - counted.skipped());
        count("rejected", reached.rejected() - counted.rejected());
        counted = reached;
    }

    private static void count(String outcome, long rows) {
        if (rows > 0) {
            counter(Metrics.globalRegistry, outcome).increment((double) rows);
        }
    }

    /** Each outcome from the start, at nothing. */
    static void bindTo(MeterRegistry registry) {
        OUTCOMES.forEach(outcome -> counter(registry, outcome));
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder(NAME)
                .description("Rows that this node imported, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
