package io.perennial.customers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the server's statements cost it, as MySQL's performance_schema keeps it; nothing where it does not. */
class StatementCosts {

    private record Cost(long picoseconds, long times) {}

    private final JdbcClient jdbc;
    private final List<String> log = new ArrayList<>();
    private Map<String, Cost> before = Map.of();

    StatementCosts(JdbcClient jdbc) {
        this.jdbc = jdbc;
        try {
            jdbc.sql(
                            "UPDATE performance_schema.setup_consumers SET enabled = 'YES' WHERE name = 'events_statements_cpu'")
                    .update(); // off by default; of the whole server
        } catch (DataAccessException e) {
            // MariaDB, or no right to it: no figures.
        }
    }

    void begin() {
        before = now();
    }

    /** The processor time since the beginning in µs a row; the dearest statements go to the log. */
    double end(String what, int rows) {
        Map<String, Cost> since = now();
        since.replaceAll((text, cost) -> {
            Cost then = before.getOrDefault(text, new Cost(0, 0));
            return new Cost(cost.picoseconds() - then.picoseconds(), cost.times() - then.times());
        });
        log.add(what + ", " + rows);
        since.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> -e.getValue().picoseconds()))
                .limit(14)
                .filter(e -> e.getValue().picoseconds() / 1e6 / rows >= 0.05)
                .forEach(e -> log.add(String.format(
                        Locale.ROOT,
                        "  %6.2f µs a row, %5d times: %s",
                        e.getValue().picoseconds() / 1e6 / rows,
                        e.getValue().times(),
                        e.getKey().substring(0, Math.min(110, e.getKey().length())))));
        return since.values().stream().mapToLong(Cost::picoseconds).sum() / 1e6 / rows;
    }

    void forget() {
        log.clear();
    }

    String log() {
        return String.join("\n", log);
    }

    private Map<String, Cost> now() {
        Map<String, Cost> costs = new HashMap<>();
        try {
            jdbc.sql("SELECT digest_text, SUM(sum_cpu_time), SUM(count_star) FROM "
                            + "performance_schema.events_statements_summary_by_digest WHERE schema_name = DATABASE() "
                            + "AND digest_text NOT LIKE '%events_statements_summary_by_digest%' GROUP BY digest_text")
                    .query(rs -> {
                        costs.put(String.valueOf(rs.getString(1)), new Cost(rs.getLong(2), rs.getLong(3)));
                    });
        } catch (DataAccessException e) {
            return costs; // MariaDB keeps no processor time
        }
        return costs;
    }
}
