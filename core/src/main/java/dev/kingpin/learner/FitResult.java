package dev.kingpin.learner;

import org.jspecify.annotations.Nullable;

/**
 * How one fit ended.
 *
 * @param objective penalised mean loss on the rows learned from; NaN if the fit failed
 * @param model what was learned; null if the fit failed
 * @param problem why it failed, or null
 */
public record FitResult(double objective, @Nullable Model model, @Nullable String problem) {
  /** A fit without a model. */
  public static FitResult failed(String problem) {
    return new FitResult(Double.NaN, null, problem);
  }
}
