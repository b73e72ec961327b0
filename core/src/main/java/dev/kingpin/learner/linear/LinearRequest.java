package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.RowMask;

/** What a chain of linear fits asks of the rows. */
sealed interface LinearRequest {
  /** Which rows are learned from; the others are validation rows. */
  RowMask mask();

  /** Counts, means and spreads of all columns, on both sides of the mask. */
  record OfMoments(GroupStats group, RowMask mask) implements LinearRequest {}

  /** Gram matrices of the design with the target, on both sides of the mask. */
  record OfGram(Design design, RowMask mask) implements LinearRequest {}

  /**
   * Logistic loss, gradient and, if so asked, Hessian at some weights.
   *
   * @param weights columns of the design and the intercept last, for each trial: (columns + 1,
   *     trials), row-major
   * @param trials number of trials
   * @param scoresOnly whether only losses are wanted, on both sides of the mask
   */
  record OfLogistic(Design design, RowMask mask, double[] weights, int trials, boolean scoresOnly)
      implements LinearRequest {}
}
