package io.perennial.customers.imports;

import io.perennial.accounts.Business;
import io.perennial.customers.ErasedPeople;
import io.perennial.customers.ImportKind;
import io.perennial.customers.ImportMapping;
import io.perennial.customers.ImportOptions;
import io.perennial.customers.ImportRefused;
import io.perennial.customers.ImportResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads a file row by row and gives the rows to the chunks of its kind. */
@Component
public class ImportEngine {

    private final ChunkTransactions transactions;
    private final CustomerStore customers;
    private final AttributeImports attributes;
    private final OrderWriter.Factory orderWriters;
    private final PlainImports plain;
    private final ErasedPeople erasedPeople;
    private volatile int rowsOfChunk;

    ImportEngine(
            ChunkTransactions transactions,
            CustomerStore customers,
            AttributeImports attributes,
            OrderWriter.Factory orderWriters,
            PlainImports plain,
            ErasedPeople erasedPeople) {
        this.plain = plain;
        this.erasedPeople = erasedPeople;
        this.transactions = transactions;
        this.customers = customers;
        this.attributes = attributes;
        this.orderWriters = orderWriters;
    }

    /**
     * Imports rows to their end, from where the ledger says an earlier run came to. What was imported before a failure
     * stays; importing the file again is harmless.
     *
     * @throws ImportRefused if the file or the mapping cannot be used at all
     * @throws ImportStopped if the ledger says that it is not to go on
     */
    public ImportResult run(
            Business business,
            ImportKind kind,
            RowSource source,
            ImportMapping mapping,
            ImportOptions options,
            ImportObserver observer,
            ImportLedger ledger) {
        mapping.requireUsableFor(kind);
        Cells cells = new Cells(mapping, options.format(), business.zone());
        ImportRun run = new ImportRun(
                business.id(),
                business.zone(),
                business.currency(),
                options,
                cells,
                ledger.begun(),
                erasedPeople.known(business.id()),
                rowsOfChunk);
        Chunks chunks = switch (kind) {
            case CUSTOMERS -> new CustomerChunks(run, customers, attributes, attributes.columns(mapping));
            case ORDERS -> new OrderChunks(run, orderWriters);
            case CONSENTS -> plain.consents(run);
            case SUPPRESSIONS -> plain.suppressions(run);
        };
        try (RowReader rows = source.open()) {
            List<String> header = new ArrayList<>();
            if (options.format().header()) {
                RawRow names = rows.next();
                header.addAll(names == null ? List.of() : names.asList());
            }
            observer.header(header);
            return new ImportProgress(
                            transactions, run, ledger, observer, new RejectedRows(mapping, header, cells, run.erased()))
                    .run(rows, chunks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For tests of what happens between chunks: so many rows in each; 0 for as many as ever. */
    void chunksOf(int rows) {
        rowsOfChunk = rows;
    }
}
