package io.perennial.insights.model;

/** A smooth function to be maximised, with its gradient. */
interface Objective {

    /**
     * The value at a point.
     *
     * @param gradient receives the gradient there
     */
    double at(double[] point, double[] gradient);
}
