package io.perennial.customers;

import java.util.List;

/**
 * A row that was left out.
 *
 * @param line the line of the file where it begins, from 1
 * @param column the header (or number) of the column at fault; empty where the row as a whole is
 * @param reason in words
 * @param why the reason by which such rows are counted
 * @param cells as they are in the file
 */
public record RejectedRow(long line, String column, String reason, RejectReason why, List<String> cells) {

    public RejectedRow {
        cells = List.copyOf(cells);
    }
}
