package io.perennial.customers.bulk;

import io.perennial.customers.BulkTraces;
import io.perennial.customers.NightlyTask;
import io.perennial.kernel.TenantId;
import org.springframework.stereotype.Component;

/** What deeds on many can be undone by holds people's data, and is kept no longer than it can be used. */
@Component
class BulkForgetting implements NightlyTask {

    private final BulkTraces traces;

    BulkForgetting(BulkTraces traces) {
        this.traces = traces;
    }

    @Override
    public String name() {
        return "bulk-undo";
    }

    @Override
    public void run(TenantId tenant, Runnable beat) {
        traces.forget(tenant, BulkUndo.WITHIN);
    }
}
