package io.perennial.customers.imports;

import io.perennial.customers.ErasedPeople;
import io.perennial.customers.ImportOptions;
import io.perennial.kernel.TenantId;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Currency;

/** What all chunks of one import share. */
record ImportRun(
        TenantId tenant,
        ZoneId zone,
        Currency currency,
        ImportOptions options,
        Cells cells,
        LocalDateTime now,
        ChunkTransactions transactions,
        ErasedPeople.Known erased,
        Chunks.Rejects rejects) {

    /** Where a consent comes from that this import records. */
    String evidence() {
        String text = "import " + options.source();
        return text.length() > 100 ? text.substring(0, 100) : text;
    }
}
