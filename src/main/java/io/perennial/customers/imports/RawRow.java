package io.perennial.customers.imports;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is in the file. Its cells are one text: rows wait for their chunk by the ten thousand, and as texts of their
 * own they would take four times as much memory.
 */
public final class RawRow {

    private final long line;
    private final String text;
    private final int[] ends;
    private final int width;
    private final @Nullable Problem problem;

    private RawRow(long line, String text, int[] ends, int width, @Nullable Problem problem) {
        this.line = line;
        this.text = text;
        this.ends = ends;
        this.width = width;
        this.problem = problem;
    }

    /**
     * A row of these cells.
     *
     * @param line where it begins, from 1
     * @param cells at most {@link RowReader#MAX_COLUMNS} of them
     * @param width how many cells the row has in the file
     * @param problem why the row as a whole cannot be used, or nothing
     */
    public static RawRow of(long line, List<String> cells, int width, @Nullable Problem problem) {
        StringBuilder text = new StringBuilder();
        int[] ends = new int[cells.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = text.append(cells.get(i)).length();
        }
        return new RawRow(line, text.toString(), ends, width, problem);
    }

    /**
     * As {@link #of}, of cells that stand behind each other.
     *
     * @param ends where each cell ends
     * @param cells how many of these are cells
     */
    static RawRow of(long line, CharSequence text, int[] ends, int cells, int width, @Nullable Problem problem) {
        return new RawRow(line, text.toString(), Arrays.copyOf(ends, cells), width, problem);
    }

    /** The line in which it begins, from 1. */
    public long line() {
        return line;
    }

    /** How many cells the row has in the file; it holds at most {@link RowReader#MAX_COLUMNS}. */
    int width() {
        return width;
    }

    /** Why the row as a whole cannot be used, or nothing. */
    @Nullable
    Problem problem() {
        return problem;
    }

    /** The cell at a position, as it is; empty where the row is too short. */
    public String cell(int column) {
        return column < ends.length ? text.substring(column == 0 ? 0 : ends[column - 1], ends[column]) : "";
    }

    /** How many characters it holds, and some for each cell. */
    long weight() {
        return text.length() + 8L * ends.length;
    }

    /** The cells it holds. */
    public List<String> asList() {
        return new AbstractList<>() {
            @Override
            public String get(int column) {
                return cell(column);
            }

            @Override
            public int size() {
                return ends.length;
            }
        };
    }
}
