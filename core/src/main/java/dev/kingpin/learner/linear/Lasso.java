package dev.kingpin.learner.linear;

/**
 * The penalty {@code Σ l1(j) |x(j)|} and the orthants within which it is smooth; see {@link Lbfgs}.
 *
 * @param l1 (n), at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lasso(double[] l1) {

  double penalty(double[] x) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += l1[j] * Math.abs(x[j]);
    }
    return sum;
  }

  /**
   * The pseudo-gradient: the gradient of function and penalty within the orthant into which the
   * objective falls; 0 where the penalty holds a coordinate at zero.
   *
   * @param gradient (n), of the function at x
   */
  double[] slope(double[] x, double[] gradient) {
    double[] slope = gradient.clone();
    for (int j = 0; j < slope.length; j++) {
      if (x[j] != 0) {
        slope[j] += l1[j] * Math.signum(x[j]);
      } else {
        double beyond = Math.abs(gradient[j]) - l1[j];
        slope[j] = beyond > 0 ? Math.copySign(beyond, gradient[j]) : 0;
      }
    }
    return slope;
  }

  /**
   * Stops a direction along coordinates with a penalty where it does not go down the slope.
   *
   * @param direction IN and OUT (n)
   */
  void align(double[] direction, double[] slope) {
    for (int j = 0; j < direction.length; j++) {
      if (l1[j] > 0 && !(direction[j] * slope[j] < 0)) {
        direction[j] = 0;
      }
    }
  }

  /**
   * Brings to zero what has left the orthant of x.
   *
   * @param slope (n), of the objective at x
   * @param trial IN and OUT (n)
   */
  void project(double[] x, double[] slope, double[] trial) {
    for (int j = 0; j < trial.length; j++) {
      double side = x[j] != 0 ? x[j] : -slope[j];
      if (l1[j] > 0 && Math.signum(trial[j]) != Math.signum(side)) {
        trial[j] = 0;
      }
    }
  }
}
