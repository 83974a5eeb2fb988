package io.perennial.insights.model;

import java.util.Arrays;

/**
 * What repeat buyers spent: for each their number of repeat purchase days and the mean value of those days. Customers
 * without a repeat purchase are left out: the model of spending is told nothing by them.
 */
public final class Spending {

    private int[] x = new int[1024];
    private double[] mean = new double[1024];
    private int size;

    /**
     * Adds one customer; left out where x is 0.
     *
     * @param x repeat purchase days
     * @param mean value of a repeat purchase day, positive
     */
    public Spending add(int x, double mean) {
        if (x < 0 || (x > 0 && !(mean > 0))) {
            throw new IllegalArgumentException("Not a repeat buyer's spending: x " + x + ", mean " + mean);
        }
        if (x > 0) {
            if (size == this.x.length) {
                this.x = Arrays.copyOf(this.x, size * 2);
                this.mean = Arrays.copyOf(this.mean, size * 2);
            }
            this.x[size] = x;
            this.mean[size++] = mean;
        }
        return this;
    }

    public int customers() {
        return size;
    }

    int x(int i) {
        return x[i];
    }

    double mean(int i) {
        return mean[i];
    }

    int maxX() {
        int largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    /** The mean of the means; the scale on which the fit runs. */
    double scale() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += mean[i];
        }
        return sum / size;
    }
}
