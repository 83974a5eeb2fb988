package io.perennial.customers.imports;

import io.perennial.customers.ImportCounts;
import java.util.List;

/** Who wants to know how an import goes. Called on the import's own thread, outside its transactions. */
public interface ImportObserver {

    /** The columns' names, before the first row. */
    default void header(List<String> names) {}

    /** After each chunk. */
    default void progress(long bytes, ImportCounts counts) {}
}
