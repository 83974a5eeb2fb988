package io.perennial.customers;

import io.perennial.customers.imports.JournalPeople;
import io.perennial.kernel.TenantId;
import io.perennial.tenancy.TenantSql;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whom an import concerned, a chunk of it at a time: who is new is told by the ranges of ids it drew, who was changed by its
 * journals. Both are kept for as long as the import can be undone; what was undone counts no more.
 */
@Component
@TenantSql("Reads an import's chunks and the customers of each; every statement names the tenant.")
public class ImportedCustomers {

    private final JdbcClient jdbc;
    private final UndoChunks chunks;

    ImportedCustomers(JdbcClient jdbc, UndoChunks chunks) {
        this.jdbc = jdbc;
        this.chunks = chunks;
    }

    /** The customers of a chunk, each once; one may come again in another chunk of an import of orders. */
    public record Piece(int chunk, List<Long> customers) {}

    /** Whether it is still known whom an import concerned. */
    public boolean areKnown(TenantId tenant, long job) {
        return chunks.begun(tenant, job).isPresent()
                && !chunks.toDo(tenant, job).isEmpty();
    }

    /**
     * How many customers all pieces have together.
     *
     * @throws NoSuchElementException if it is not known, or not any more, whom that import concerned
     */
    public long count(TenantId tenant, ImportSelection selection) {
        if (!areKnown(tenant, selection.job())) {
            throw new NoSuchElementException("Nothing is known of import " + selection.job());
        }
        long count = 0;
        Optional<Piece> piece = next(tenant, selection, Integer.MAX_VALUE);
        while (piece.isPresent()) {
            count += piece.get().customers().size();
            piece = next(tenant, selection, piece.get().chunk());
        }
        return count;
    }

    /** The next piece, the last chunk first, as undoing goes: a chunk undone meanwhile is passed over. */
    public Optional<Piece> next(TenantId tenant, ImportSelection selection, int before) {
        LocalDateTime begun = chunks.begun(tenant, selection.job()).orElse(null);
        if (begun == null) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT chunk_no FROM import_chunk WHERE tenant_id = ? AND job_id = ? AND chunk_no < ? "
                        + "AND undone = FALSE ORDER BY chunk_no DESC LIMIT 1")
                .params(tenant.value(), selection.job(), before)
                .query(Integer.class)
                .optional()
                .map(number -> new Piece(
                        number,
                        chunks.chunk(tenant, selection.job(), number)
                                .map(chunk -> customers(tenant, selection.which(), chunk, begun))
                                .orElse(List.of())));
    }

    private List<Long> customers(
            TenantId tenant, ImportSelection.Which which, UndoChunks.ChunkRow chunk, LocalDateTime begun) {
        Set<Long> all = new TreeSet<>();
        if (which != ImportSelection.Which.UPDATED) {
            all.addAll(jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND id BETWEEN ? AND ? AND created_at = ? "
                            + "AND erased_at IS NULL")
                    .params(
                            tenant.value(),
                            chunk.customers().from(),
                            chunk.customers().to(),
                            begun)
                    .query((rs, n) -> rs.getLong(1))
                    .list());
        }
        if (which != ImportSelection.Which.NEW) {
            JournalPeople people = JournalPeople.in(chunk.journal());
            Set<Long> others = new TreeSet<>(people.changed());
            if (which == ImportSelection.Which.ALL) {
                others.addAll(people.unchanged());
            }
            others.addAll(jdbc.sql("SELECT DISTINCT customer_id FROM customer_order WHERE tenant_id = ? "
                            + "AND id BETWEEN ? AND ?")
                    .params(
                            tenant.value(),
                            chunk.orders().from(),
                            chunk.orders().to())
                    .query((rs, n) -> rs.getLong(1))
                    .list());
            others.removeAll(all);
            all.addAll(known(tenant, others, begun, which == ImportSelection.Which.UPDATED));
        }
        return List.copyOf(all);
    }

    /** Those of them who are customers still, and who were before the import where that is asked. */
    private List<Long> known(TenantId tenant, Collection<Long> ids, LocalDateTime begun, boolean before) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Object> params = new ArrayList<>(List.of(tenant.value(), begun));
        params.addAll(ids);
        return jdbc.sql("SELECT id FROM customer WHERE tenant_id = ? AND erased_at IS NULL AND created_at "
                        + (before ? "< ?" : "<= ?") + " AND id IN ("
                        + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")")
                .params(params)
                .query((rs, n) -> rs.getLong(1))
                .list();
    }
}
