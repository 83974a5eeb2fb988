package io.perennial.insights.model;

/**
 * A model with the parameters that make the data most likely.
 *
 * @param logLikelihood at these parameters, of all customers
 * @param customers how many it was fitted on
 * @param iterations of the optimiser
 * @param converged whether the gradient vanished; false where the data do not hold the parameters (then nothing should
 *     be forecast from them)
 */
public record Fit<M>(M model, double logLikelihood, int customers, int iterations, boolean converged) {}
