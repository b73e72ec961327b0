package dev.kingpin.learner;

import org.jspecify.annotations.Nullable;

/**
 * How one fit ended.
 *
 * @param metric on the fit's validation rows; NaN if it has none
 * @param constantMetric what the mean (or the base rate) of the rows learned from scores on the
 *     same validation rows; NaN if there are none
 * @param objective penalised mean loss on the rows learned from; NaN if the fit failed
 * @param model what was learned; null if the fit failed
 * @param problem why it failed, or null
 */
public record FitResult(
    double metric,
    double constantMetric,
    double objective,
    @Nullable Model model,
    @Nullable String problem) {
  /** A fit without a model. */
  public static FitResult failed(String problem) {
    return new FitResult(Double.NaN, Double.NaN, Double.NaN, null, problem);
  }
}
