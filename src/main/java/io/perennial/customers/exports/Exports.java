package io.perennial.customers.exports;

import io.perennial.accounts.Businesses;
import io.perennial.accounts.FreshProof;
import io.perennial.customers.CustomerList;
import io.perennial.customers.CustomerSelection;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Writes lists as files while the database sends them: memory does not grow with the list. Who took what is kept.
 *
 * @see <a href="../../../../../../docs/decisions/0208-exports.md">0208-exports.md</a>
 */
@Service
public class Exports {

    private static final Logger log = LoggerFactory.getLogger(Exports.class);

    private final CustomerList list;
    private final CustomerRows customers;
    private final ListRows lists;
    private final ExportLog exports;
    private final Businesses businesses;

    Exports(CustomerList list, CustomerRows customers, ListRows lists, ExportLog exports, Businesses businesses) {
        this.list = list;
        this.customers = customers;
        this.lists = lists;
        this.exports = exports;
        this.businesses = businesses;
    }

    /**
     * Writes customers with their figures, tags and the wanted attributes.
     *
     * @param attributes keys; unknown ones are passed over
     * @param out stays open
     * @return how many
     */
    @PreAuthorize("hasAuthority('customer:export')")
    public long customers(CustomerSelection selection, List<String> attributes, ExportFormat format, OutputStream out) {
        SqlFragment ids = list.matching(selection);
        return write(
                ExportKind.CUSTOMERS,
                format,
                out,
                (tenant, table) -> customers.write(
                        tenant, ids, attributes, businesses.current().zone(), table));
    }

    /**
     * As {@link #customers}, for whoever else knows a query of ids (a segment).
     *
     * @param ids one column with ids of customers of the current tenant, each once
     */
    @PreAuthorize("hasAuthority('customer:export')")
    public long members(SqlFragment ids, List<String> attributes, ExportFormat format, OutputStream out) {
        return write(
                ExportKind.SEGMENT,
                format,
                out,
                (tenant, table) -> customers.write(
                        tenant, ids, attributes, businesses.current().zone(), table));
    }

    /**
     * Writes one of the other lists whole.
     *
     * @param out stays open
     * @return how many rows below the header
     * @throws IllegalArgumentException for customers and segments, which need to know whom
     */
    @PreAuthorize("hasAuthority('customer:export')")
    public long list(ExportKind kind, ExportFormat format, OutputStream out) {
        return write(
                kind,
                format,
                out,
                (tenant, table) ->
                        lists.write(tenant, kind, businesses.current().zone(), table));
    }

    /** The latest exports of this business, the newest first. */
    @PreAuthorize("hasAuthority('customer:export')")
    public List<DataExport> latest(int most) {
        return exports.latest(CurrentTenant.require(), most);
    }

    private interface Rows {
        long writeTo(TenantId tenant, Table table);
    }

    private long write(ExportKind kind, ExportFormat format, OutputStream out, Rows rows) {
        FreshProof.require();
        TenantId tenant = CurrentTenant.require();
        long id = exports.begun(tenant, kind, format);
        long written;
        try (Table table = format == ExportFormat.XLSX ? new XlsxTable(out) : new CsvTable(out, format)) {
            written = rows.writeTo(tenant, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exports.finished(tenant, id, written);
        log.info("Business {} exported {} rows of {}", tenant, written, kind);
        return written;
    }
}
