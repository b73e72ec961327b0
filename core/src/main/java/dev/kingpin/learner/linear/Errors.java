package dev.kingpin.learner.linear;

/**
 * How far to trust the weights of a linear model.
 *
 * @param errors standard errors, in the units of the weights; NaN where a weight was not estimated.
 *     That of an intercept is of the intercept as shown, for features that are 0 as users see them
 * @param degrees degrees of freedom of Student's t, by which a weight over its error is judged;
 *     infinity for the normal distribution
 */
record Errors(Terms errors, double degrees) {
  /**
   * Standard errors of weights that were learned in a design's coordinates.
   *
   * @param covariances (outputs): the covariance (columns + 1, columns + 1) of the weights of an
   *     output, row-major, the intercept last; a column with NaN on the diagonal was not estimated
   * @param unit as in {@link LinearModel#of}
   * @param degrees of freedom of Student's t; infinity for the normal distribution
   */
  static Errors of(Design design, double[][] covariances, double unit, double degrees) {
    return new DesignWeights(design, unit, 0).errors(covariances, degrees);
  }

  /**
   * The chance of a weight at least so far from 0 if the truth is 0, in [0, 1]; NaN if the error is
   * not known.
   */
  double pValue(double weight, double error) {
    return TailProbability.student(weight / error, degrees);
  }
}
