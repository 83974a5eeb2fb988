package io.perennial.customers.records;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.customers.CsvFormat;
import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportResult;
import io.perennial.customers.RejectedRow;
import io.perennial.customers.imports.ImportEngine;
import io.perennial.customers.imports.ImportLedger;
import io.perennial.customers.imports.ImportObserver;
import io.perennial.customers.imports.RawRow;
import io.perennial.customers.imports.RowReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes one customer or one order from a program, by the very rules and code of a file's import: who is who, what a value
 * may be, who was erased, what is summed up. Values are texts as a file would have them: numbers with a decimal point,
 * days and times by ISO 8601.
 */
@Service
public class RecordEntry {

    /** What became of a record. */
    public enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    private static final CsvFormat FORMAT = CsvFormat.STANDARD.withHeader(false);

    private final ImportEngine engine;
    private final Businesses businesses;
    private final RecordNews news;

    RecordEntry(ImportEngine engine, Businesses businesses, RecordNews news) {
        this.news = news;
        this.engine = engine;
        this.businesses = businesses;
    }

    /**
     * Adds or updates the customer with this external id, else with this address. What is not given stays as it is.
     *
     * @param source what is known of where it comes from
     * @throws EntryRefused if it cannot be taken as it is
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public Outcome putCustomer(String source, Map<ImportField, String> values) {
        Outcome outcome = enter(ImportKind.CUSTOMERS, ImportOptions.of(source, FORMAT), List.of(values));
        news.customer(businesses.current().id(), outcome, values);
        return outcome;
    }

    /**
     * Adds or replaces an order with its lines, and brings its customer's figures up to date; those of the whole business
     * follow with their next computation, which no single order is worth.
     *
     * @param lines a row for each, all with the order's own values
     * @param createCustomer whether to make the customer where nobody has the id or address yet
     * @throws EntryRefused if it cannot be taken as it is
     */
    @Transactional
    @PreAuthorize("hasAuthority('customer:write')")
    public Outcome putOrder(String source, List<Map<ImportField, String>> lines, boolean createCustomer) {
        ImportOptions options = ImportOptions.of(source, FORMAT);
        Outcome outcome =
                enter(ImportKind.ORDERS, createCustomer ? options.creatingMissingCustomers() : options, lines);
        news.order(businesses.current().id(), outcome, lines.getFirst().getOrDefault(ImportField.ORDER_ID, ""));
        return outcome;
    }

    private Outcome enter(ImportKind kind, ImportOptions options, List<Map<ImportField, String>> rows) {
        Business business = businesses.current();
        Set<ImportField> given = EnumSet.noneOf(ImportField.class);
        rows.forEach(row -> given.addAll(row.keySet()));
        List<ImportField> fields = List.copyOf(given);
        ImportMapping mapping = ImportMapping.none();
        for (int i = 0; i < fields.size(); i++) {
            mapping = mapping.with(fields.get(i), i);
        }
        ImportResult result = engine.run(
                business,
                kind,
                () -> new Rows(fields, rows),
                mapping,
                options,
                new ImportObserver() {},
                ImportLedger.none());
        if (!result.firstRejected().isEmpty()) {
            throw refused(fields, result.firstRejected().getFirst());
        }
        ImportCounts counts = result.counts();
        return counts.created() > 0 ? Outcome.CREATED : counts.updated() > 0 ? Outcome.UPDATED : Outcome.UNCHANGED;
    }

    /** Columns have no names here, so that they are told by number. */
    private static EntryRefused refused(List<ImportField> fields, RejectedRow row) {
        ImportField field = row.column().isEmpty() ? null : fields.get(Integer.parseInt(row.column()) - 1);
        return new EntryRefused(field, (int) row.line() - 1, row.reason());
    }

    /** Rows that are in memory already. */
    private static class Rows implements RowReader {

        private final List<ImportField> fields;
        private final Iterator<Map<ImportField, String>> rows;
        private long read;

        Rows(List<ImportField> fields, List<Map<ImportField, String>> rows) {
            this.fields = fields;
            this.rows = new ArrayList<>(rows).iterator();
        }

        @Override
        public @Nullable RawRow next() {
            if (!rows.hasNext()) {
                return null;
            }
            Map<ImportField, String> row = rows.next();
            String[] cells =
                    fields.stream().map(f -> row.getOrDefault(f, "").strip()).toArray(String[]::new);
            return RawRow.of(++read, List.of(cells), cells.length, null);
        }

        @Override
        public long position() {
            return read;
        }

        @Override
        public void close() {}
    }
}
