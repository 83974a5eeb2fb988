package io.perennial.insights;

import java.time.Instant;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/**
 * A purchase or spending model as last fitted on the business's customers.
 *
 * @param model BgNbd, MbgNbd or GammaGamma
 * @param parameters by name, times in days, money in the tenant's currency
 */
public record FittedModel(
        String model,
        Instant fittedAt,
        int customers,
        Map<String, Double> parameters,
        double logLikelihood,
        boolean converged) {

    static final TypeReference<Map<String, Double>> PARAMETERS = new TypeReference<>() {};

    public FittedModel {
        parameters = Map.copyOf(parameters);
    }
}
