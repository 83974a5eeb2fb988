package io.perennial.customers;

import io.perennial.accounts.Business;
import io.perennial.accounts.Businesses;
import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import io.perennial.customers.imports.FormatGuess;
import io.perennial.customers.imports.ImportEngine;
import io.perennial.customers.imports.ImportLedger;
import io.perennial.customers.imports.ImportObserver;
import io.perennial.customers.imports.RowSource;
import io.perennial.customers.imports.TableStatistics;
import io.perennial.uikit.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Imports customers and orders from text files (CSV and its relatives, packed or not) and workbooks, on the caller's thread. Files are streamed;
 * each few thousand rows are one transaction, so what was imported before a failure stays, and importing a file again
 * changes nothing that is already as the file says. Opt-outs and suppressions are never undone by an import.
 *
 * <p>Who waits at a screen uses the background jobs instead.
 */
@Service
public class CustomerImports {

    /** Rows shown of a file. */
    private static final int SHOWN = 20;

    private final Businesses businesses;
    private final ImportEngine engine;
    private final ConsentTopics topics;
    private final TableStatistics statistics;
    private final ApplicationEventPublisher events;

    CustomerImports(
            Businesses businesses,
            ImportEngine engine,
            ConsentTopics topics,
            TableStatistics statistics,
            ApplicationEventPublisher events) {
        this.statistics = statistics;
        this.events = events;
        this.businesses = businesses;
        this.engine = engine;
        this.topics = topics;
    }

    /**
     * Looks at the beginning of a file and guesses how it is written.
     *
     * @throws ImportRefused if nothing can be read from it
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public CsvInspection inspect(Path file) {
        try {
            return FormatGuess.inspect(file, businesses.current().country(), SHOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The beginning of a file as this format reads it.
     *
     * @throws ImportRefused if it cannot be read
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public CsvInspection inspect(Path file, CsvFormat format) {
        try {
            return FormatGuess.inspect(file, format, SHOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Another sheet of a workbook, or another text of an archive; how it is written is guessed anew.
     *
     * @throws ImportRefused if it cannot be read
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public CsvInspection inspectPart(Path file, CsvFormat format) {
        try {
            return FormatGuess.inspectPart(file, format, businesses.current().country(), SHOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds and updates customers: by external id, else by e-mail address. A blank cell leaves the stored value as it is.
     *
     * @param in closed afterwards
     * @throws ImportRefused if the file or the mapping cannot be used at all
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public ImportResult importCustomers(InputStream in, ImportMapping mapping, ImportOptions options) {
        return run(
                ImportKind.CUSTOMERS,
                RowSource.of(in, options.format()),
                mapping,
                options,
                new ImportObserver() {},
                ImportLedger.none());
    }

    /** As {@link #importCustomers(InputStream, ImportMapping, ImportOptions)}. */
    @PreAuthorize("hasAuthority('customer:import')")
    public ImportResult importCustomers(Path file, ImportMapping mapping, ImportOptions options) {
        return run(
                ImportKind.CUSTOMERS,
                RowSource.of(file, options.format()),
                mapping,
                options,
                new ImportObserver() {},
                ImportLedger.none());
    }

    /**
     * Adds and replaces orders with their lines, and brings the customers' summaries up to date. Rows with the same order
     * id are one order; without such a column each row is an order of its own.
     *
     * @param in closed afterwards
     * @throws ImportRefused if the file or the mapping cannot be used at all
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public ImportResult importOrders(InputStream in, ImportMapping mapping, ImportOptions options) {
        return run(
                ImportKind.ORDERS,
                RowSource.of(in, options.format()),
                mapping,
                options,
                new ImportObserver() {},
                ImportLedger.none());
    }

    /** As {@link #importOrders(InputStream, ImportMapping, ImportOptions)}. */
    @PreAuthorize("hasAuthority('customer:import')")
    public ImportResult importOrders(Path file, ImportMapping mapping, ImportOptions options) {
        return run(
                ImportKind.ORDERS,
                RowSource.of(file, options.format()),
                mapping,
                options,
                new ImportObserver() {},
                ImportLedger.none());
    }

    /**
     * Takes over what customers agreed to and withdrew, with its evidence. Whoever withdrew, left, complained or bounced
     * stays out: such rows are rejected.
     *
     * @throws ImportRefused if the file or the mapping cannot be used at all
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public ImportResult importConsents(Path file, ImportMapping mapping, ImportOptions options) {
        return run(
                ImportKind.CONSENTS,
                RowSource.of(file, options.format()),
                mapping,
                options,
                new ImportObserver() {},
                ImportLedger.none());
    }

    /**
     * Puts addresses on the suppression list, whether customers have them or not; none is ever taken off it.
     *
     * @throws ImportRefused if the file or the mapping cannot be used at all
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public ImportResult importSuppressions(Path file, ImportMapping mapping, ImportOptions options) {
        return run(
                ImportKind.SUPPRESSIONS,
                RowSource.of(file, options.format()),
                mapping,
                options,
                new ImportObserver() {},
                ImportLedger.none());
    }

    /**
     * Refuses what cannot be imported, or not by the person on this thread.
     *
     * @throws ImportRefused if a column is missing without which no row could be used, or choices are to be added, which is for
     *     those who may change settings
     */
    static void requireAllowed(ImportKind kind, ImportMapping mapping, ImportOptions options) {
        mapping.requireUsableFor(kind);
        if (!mapping.attributes().isEmpty()
                && options.policy().unknownChoices() == ImportPolicy.UnknownChoices.ADD
                && !CurrentStaff.may(Permission.SETTINGS_WRITE)) {
            throw new ImportRefused(Texts.t("customers.refused.no_new_choices"));
        }
    }

    ImportResult run(
            ImportKind kind,
            RowSource rows,
            ImportMapping mapping,
            ImportOptions options,
            ImportObserver observer,
            ImportLedger ledger) {
        requireAllowed(kind, mapping, options);
        if (mapping.has(ImportField.CONSENT) || kind == ImportKind.CONSENTS) {
            topics.list(); // the default topic has to be there before somebody agrees to it
        }
        Business business = businesses.current();
        ImportResult result = engine.run(
                business,
                kind,
                rows,
                mapping,
                options,
                options.dryRun() ? observer : statistics.following(observer),
                ledger);
        if (!options.dryRun()) {
            statistics.afterwards(result.counts());
        }
        if (kind == ImportKind.ORDERS
                && !options.dryRun()
                && result.counts().created() + result.counts().updated() > 0) {
            events.publishEvent(new OrdersImported(business.id()));
        }
        return result;
    }
}
