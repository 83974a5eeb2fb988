package io.perennial.insights.metrics;

import io.perennial.kernel.RfmName;
import java.util.ArrayList;
import java.util.List;

/**
 * How many customers have each pair of scores.
 *
 * @param cells the 25 pairs, by recency then frequency; empty ones too
 */
public record RfmGrid(List<Cell> cells) {

    /**
     * One pair.
     *
     * @param value net value of its customers to date
     * @param monetary their mean M score, 0 without any
     */
    public record Cell(int recency, int frequency, int customers, double value, double monetary) {}

    public RfmGrid {
        cells = List.copyOf(cells);
    }

    public static RfmGrid of(ShopHistory history, RfmScores scores) {
        int[] customers = new int[25];
        double[] value = new double[25];
        long[] monetary = new long[25];
        for (int i = 0; i < history.buyers(); i++) {
            int cell = (scores.recency(i) - 1) * 5 + scores.frequency(i) - 1;
            customers[cell]++;
            value[cell] += history.value(i);
            monetary[cell] += scores.monetary(i);
        }
        List<Cell> cells = new ArrayList<>();
        for (int c = 0; c < 25; c++) {
            double mean = customers[c] == 0 ? 0 : (double) monetary[c] / customers[c];
            cells.add(new Cell(c / 5 + 1, c % 5 + 1, customers[c], value[c], mean));
        }
        return new RfmGrid(cells);
    }

    /** The cells of one name. */
    public List<Cell> of(RfmName name) {
        return cells.stream()
                .filter(c -> RfmName.of(c.recency(), c.frequency()) == name)
                .toList();
    }
}
