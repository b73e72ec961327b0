package dev.kingpin.learner.linear;

import dev.kingpin.learner.Config;

/**
 * What holds the standardised coefficients of a fit back. The penalty, added to the mean loss, is
 * {@code l1 |b| + l2/2 |b|² + toward/2 |b - prior|²}; only the last holds the intercept too.
 *
 * @param l1 strength of the lasso
 * @param l2 strength of the ridge
 * @param toward strength of the pull toward the parent: so many rows' worth over the rows learned
 *     from; 0 if there is no parent
 */
record Penalty(double l1, double l2, double toward) {
  /**
   * The penalty of a config.
   *
   * @param rows learned from
   * @param unit of the scaled target: the lasso's strength has the target's unit
   * @param hasPrior whether there is a parent to shrink toward
   */
  static Penalty of(Config config, long rows, double unit, boolean hasPrior) {
    double shrink = config.number(LinearLearner.SHRINK, 0);
    return new Penalty(
        config.number(LinearLearner.L1, 0) / unit,
        config.number(LinearLearner.L2, 0),
        hasPrior && rows > 0 ? shrink / rows : 0);
  }

  /** What adds to the curvature of every coefficient. */
  double curvature() {
    return l2 + toward;
  }
}
