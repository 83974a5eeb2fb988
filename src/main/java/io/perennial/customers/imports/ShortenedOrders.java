package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Orders of which the file has shown less than is stored, once it is at its end. They take no rows of it. */
class ShortenedOrders implements Chunk {

    private final ImportRun run;
    private final OrderStore orders;
    private final SummaryStore summaries;
    private final boolean withLines;
    private final List<StoredOrder> shortened;

    ShortenedOrders(
            ImportRun run, OrderStore orders, SummaryStore summaries, boolean withLines, List<StoredOrder> shortened) {
        this.run = run;
        this.orders = orders;
        this.summaries = summaries;
        this.withLines = withLines;
        this.shortened = shortened;
    }

    @Override
    public long rows() {
        return 0;
    }

    @Override
    public Written write() {
        List<Journal.ChangedOrder> changes = new ArrayList<>();
        if (!run.options().dryRun()) {
            Map<String, StoredOrder> stored = orders.find(
                    run.tenant(),
                    shortened.stream().map(StoredOrder::externalId).toList(),
                    withLines);
            for (StoredOrder order : shortened) {
                StoredOrder before = stored.get(order.externalId());
                if (before != null) {
                    changes.add(new Journal.ChangedOrder(before, order));
                }
            }
            orders.update(run.tenant(), shortened);
            summaries.recompute(
                    run.tenant(),
                    shortened.stream().map(StoredOrder::customerId).collect(Collectors.toSet()));
        }
        return new Written(
                new ImportCounts(0, 0, shortened.size(), 0, 0, 0),
                Map.of(),
                new Journal(Journal.Ids.NONE, Journal.Ids.NONE, Journal.Changes.of(changes)),
                null,
                () -> {});
    }

    @Override
    public void replay(byte @Nullable [] state) {}
}
