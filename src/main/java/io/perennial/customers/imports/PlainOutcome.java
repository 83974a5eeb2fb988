package io.perennial.customers.imports;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a chunk of rows that stand for themselves came to. */
class PlainOutcome {

    long created;
    long updated;
    long unchanged;
    final Map<RawRow, Problem> rejects = new LinkedHashMap<>();

    /** What is to be remembered once the chunk is through. */
    Runnable settle = () -> {};

    void count(boolean isNew) {
        if (isNew) {
            created++;
        } else {
            updated++;
        }
    }
}
