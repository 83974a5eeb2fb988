package io.perennial.customers.exports;

import java.io.Closeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that takes rows one by one and keeps none. Cells are String, BigDecimal, Long or Integer, LocalDate,
 * LocalDateTime, or nothing.
 */
interface Table extends Closeable {

    void row(List<? extends @Nullable Object> cells);
}
