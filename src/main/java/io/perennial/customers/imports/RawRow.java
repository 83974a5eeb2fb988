package io.perennial.customers.imports;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is in the file.
 *
 * @param line where it begins, from 1
 * @param width how many cells the row has in the file; {@code cells} holds at most {@link RowReader#MAX_COLUMNS}
 * @param problem why the row as a whole cannot be used, or nothing
 */
public record RawRow(
        long line, String[] cells, int width, @Nullable Problem problem) {

    /** The cell at a position, trimmed; empty where the row is too short. */
    public String cell(int column) {
        return column < cells.length ? cells[column] : "";
    }

    /** How many characters it holds, and some for each cell. */
    long weight() {
        long weight = 0;
        for (String cell : cells) {
            weight += cell.length() + 8;
        }
        return weight;
    }

    public List<String> asList() {
        return Arrays.asList(cells);
    }
}
