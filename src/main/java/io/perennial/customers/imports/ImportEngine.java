package io.perennial.customers.imports;

import io.perennial.accounts.Business;
import io.perennial.customers.ErasedPeople;
import io.perennial.customers.ImportCounts;
import io.perennial.customers.ImportField;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportResult;
import io.perennial.customers.RejectedRow;
import io.perennial.uikit.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a file row by row and gives the rows to the chunks of its kind. */
@Component
public class ImportEngine {

    private static final int FIRST_REJECTED = 50;

    private final ChunkTransactions transactions;
    private final CustomerStore customers;
    private final OrderWriter.Factory orderWriters;
    private final ErasedPeople erasedPeople;

    ImportEngine(
            ChunkTransactions transactions,
            CustomerStore customers,
            OrderWriter.Factory orderWriters,
            ErasedPeople erasedPeople) {
        this.erasedPeople = erasedPeople;
        this.transactions = transactions;
        this.customers = customers;
        this.orderWriters = orderWriters;
    }

    /**
     * Imports rows to their end. What was imported before a failure stays; importing the file again is harmless.
     *
     * @throws ImportRefused if the file or the mapping cannot be used at all
     */
    public ImportResult run(
            Business business,
            ImportKind kind,
            RowSource source,
            ImportMapping mapping,
            ImportOptions options,
            ImportObserver observer) {
        requireUsable(kind, mapping);
        List<RejectedRow> first = new ArrayList<>();
        List<String> header = new ArrayList<>();
        ErasedPeople.Known erased = erasedPeople.known(business.id());
        Cells cells = new Cells(mapping, options.format(), business.zone());
        ImportRun run = new ImportRun(
                business.id(),
                business.zone(),
                business.currency(),
                options,
                cells,
                LocalDateTime.now(Clock.systemUTC()).truncatedTo(ChronoUnit.MICROS),
                transactions,
                erased,
                (raw, problem) -> {
                    // What a file says about somebody who was erased is not kept, not even as a row left out.
                    boolean unwanted = erased.has(
                            cells.rawText(raw, ImportField.EMAIL), cells.rawText(raw, ImportField.EXTERNAL_ID));
                    RejectedRow row = new RejectedRow(
                            raw.line(),
                            column(problem, mapping, header),
                            unwanted ? Problem.of(problem.field(), "erased").text() : problem.text(),
                            unwanted ? List.of() : raw.asList());
                    if (first.size() < FIRST_REJECTED) {
                        first.add(row);
                    }
                    observer.rejected(row);
                });
        Chunks chunks =
                kind == ImportKind.CUSTOMERS ? new CustomerChunks(run, customers) : new OrderChunks(run, orderWriters);
        ImportCounts counts = ImportCounts.NONE;
        try (RowReader rows = source.open()) {
            if (options.format().header()) {
                RawRow names = rows.next();
                header.addAll(names == null ? List.of() : names.asList());
            }
            observer.header(header);
            RawRow row;
            while ((row = rows.next()) != null) {
                ImportCounts done = chunks.add(row);
                if (!done.equals(ImportCounts.NONE)) {
                    counts = counts.plus(done);
                    observer.progress(rows.position(), counts);
                }
            }
            counts = counts.plus(chunks.finish());
            observer.progress(rows.position(), counts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ImportResult(counts, first);
    }

    private static void requireUsable(ImportKind kind, ImportMapping mapping) {
        if (!mapping.has(ImportField.EXTERNAL_ID) && !mapping.has(ImportField.EMAIL)) {
            throw new ImportRefused(Texts.t("customers.refused.no_key_column"));
        }
        if (kind == ImportKind.ORDERS) {
            if (!mapping.has(ImportField.ORDERED_AT)) {
                throw new ImportRefused(Texts.t("customers.refused.no_date_column"));
            }
            if (!mapping.has(ImportField.AMOUNT)
                    && !mapping.has(ImportField.UNIT_PRICE)
                    && !mapping.has(ImportField.ORDER_TOTAL)) {
                throw new ImportRefused(Texts.t("customers.refused.no_amount_column"));
            }
        }
    }

    private static String column(Problem problem, ImportMapping mapping, List<String> header) {
        @Nullable ImportField field = problem.field();
        if (field == null || !mapping.has(field)) {
            return "";
        }
        int column = mapping.column(field).orElseThrow();
        String name = column < header.size() ? header.get(column).strip() : "";
        return name.isEmpty() ? Integer.toString(column + 1) : name;
    }
}
