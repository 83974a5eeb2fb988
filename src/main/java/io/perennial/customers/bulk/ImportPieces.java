package io.perennial.customers.bulk;

import io.perennial.customers.ImportSelection;
import io.perennial.customers.ImportedCustomers;
import io.perennial.kernel.TenantId;
import java.util.List;
import java.util.Optional;

/** The customers of an import: one of its chunks is in memory, and given away a piece at a time. */
class ImportPieces implements Pieces {

    private final ImportedCustomers imported;
    private final TenantId tenant;
    private final ImportSelection selection;
    private int chunk = Integer.MAX_VALUE;
    private List<Long> left = List.of();

    ImportPieces(ImportedCustomers imported, TenantId tenant, ImportSelection selection) {
        this.imported = imported;
        this.tenant = tenant;
        this.selection = selection;
    }

    @Override
    public List<Long> next() {
        while (left.isEmpty()) {
            Optional<ImportedCustomers.Piece> next = imported.next(tenant, selection, chunk);
            if (next.isEmpty()) {
                return List.of();
            }
            chunk = next.get().chunk();
            left = next.get().customers();
        }
        int size = Math.min(BulkWork.PIECE, left.size());
        List<Long> piece = List.copyOf(left.subList(0, size));
        left = left.subList(size, left.size());
        return piece;
    }
}
