package io.perennial.customers;

import io.perennial.kernel.TenantId;
import io.perennial.tenancy.CurrentTenant;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** The rows that imports and checks of files leave out: counted by reason, page by page, and as a file; while it runs, too. */
@Service
public class ImportRejects {

    private static final int MOST = 500;

    private final RejectedStore rejected;

    ImportRejects(RejectedStore rejected) {
        this.rejected = rejected;
    }

    /** The reasons for which an import left rows out so far, the most frequent first; none for imports of earlier versions. */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<RejectCount> reasons(long importId) {
        return rejected.reasons(CurrentTenant.require(), importId);
    }

    /**
     * The rows an import left out so far, in the order of its file.
     *
     * @param why only those of this reason; nothing for all
     * @param limit at most 500
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public List<RejectedRow> rows(long importId, Optional<RejectReason> why, int offset, int limit) {
        TenantId tenant = CurrentTenant.require();
        return rejected.rows(tenant, importId, why, Math.max(0, offset), Math.clamp(limit, 0, MOST));
    }

    /**
     * Writes the rejected rows as a CSV file: line, column, reason, then the cells as they were.
     *
     * @param out stays open
     */
    @PreAuthorize("hasAuthority('customer:import')")
    public void write(long importId, OutputStream out) {
        rejected.read(CurrentTenant.require(), importId, piece -> {
            try {
                out.write(piece);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
