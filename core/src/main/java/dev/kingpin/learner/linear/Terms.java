package dev.kingpin.learner.linear;

/**
 * A number for each part of a linear model: its weights, or their standard errors.
 *
 * @param intercepts (outputs), of encoded values; minus infinity for a class that the rows learned
 *     from do not have
 * @param coefficients (outputs, numeric features), row-major, of encoded values
 * @param indicators (outputs, numeric features), row-major: what a missing value adds
 * @param levels (categorical features): (levels with a weight, outputs), row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Terms(double[] intercepts, double[] coefficients, double[] indicators, double[][] levels) {

  /** Zeros, for levels that are listed by categorical feature. */
  static Terms zeros(int outputs, int numeric, int[][] levels) {
    double[][] byLevel = new double[levels.length][];
    for (int c = 0; c < levels.length; c++) {
      byLevel[c] = new double[levels[c].length * outputs];
    }
    return new Terms(
        new double[outputs], new double[outputs * numeric], new double[outputs * numeric], byLevel);
  }

  /** Number of outputs. */
  int outputs() {
    return intercepts.length;
  }
}
