package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import io.perennial.tenancy.TenantSql;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Has the database look at its tables anew while an import fills them. By itself it does so some time later (MariaDB much
 * later), and until then it plans as if the tables were empty.
 */
@Component
@TenantSql("Statistics are of whole tables, whoever's rows they hold.")
public class TableStatistics {

    private static final Logger log = LoggerFactory.getLogger(TableStatistics.class);
    private static final long FIRST = 10_000;

    private final JdbcTemplate jdbc;

    TableStatistics(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells the observer everything, and refreshes the statistics each time ten times as much was written. */
    public ImportObserver following(ImportObserver observer) {
        return new Following(observer);
    }

    /** After the last chunk of an import that wrote much. */
    public void afterwards(ImportCounts counts) {
        if (written(counts) >= FIRST) {
            refresh();
        }
    }

    private void refresh() {
        try {
            jdbc.query("ANALYZE TABLE customer, customer_summary, customer_order, order_line, consent", row -> {});
        } catch (DataAccessException e) { // the import itself is in good order
            log.warn("The statistics of the customer tables could not be refreshed", e);
        }
    }

    private static long written(ImportCounts counts) {
        return counts.created() + counts.updated() + counts.customersCreated();
    }

    private final class Following implements ImportObserver {

        private final ImportObserver observer;
        private long next = FIRST;

        private Following(ImportObserver observer) {
            this.observer = observer;
        }

        @Override
        public void header(List<String> names) {
            observer.header(names);
        }

        @Override
        public void progress(long bytes, ImportCounts counts) {
            observer.progress(bytes, counts);
            if (written(counts) >= next) {
                next = written(counts) * 10;
                // On the side: the next chunk waits for its turn until this returns.
                Thread.ofVirtual().name("import-statistics").start(TableStatistics.this::refresh);
            }
        }
    }
}
