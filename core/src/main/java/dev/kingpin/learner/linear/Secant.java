package dev.kingpin.learner.linear;

/**
 * What a step has told of the curvature of a loss: the gradient's change along it. A Hessian that
 * was taken elsewhere is bent so that it agrees with that, by the formula of Broyden, Fletcher,
 * Goldfarb and Shanno (Nocedal and Wright, "Numerical Optimization", 2006, formula 6.19). So steps
 * with a borrowed Hessian become shorter ever faster, and no row is read for it.
 */
final class Secant {
  /** Curvatures along a step that differ by a larger factor tell of rounding, or of a far place. */
  private static final double LIKELY = 4;

  private Secant() {}

  /**
   * The Hessian, bent.
   *
   * @param hessian (n, n), symmetric, not changed
   * @param move (n)
   * @param change (n) of the gradient along the move
   */
  static double[] bend(double[] hessian, double[] move, double[] change) {
    int n = move.length;
    double[] image = new double[n];
    double known = 0; // curvature along the move, times its squared length
    double told = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        image[i] += hessian[i * n + j] * move[j];
      }
      known += move[i] * image[i];
      told += move[i] * change[i];
    }
    if (!(told * LIKELY > known && told < known * LIKELY)) {
      return hessian;
    }
    double[] bent = hessian.clone();
    for (int i = 0; i < n; i++) {
      double up = change[i] / told;
      double down = image[i] / known;
      for (int j = 0; j < n; j++) {
        bent[i * n + j] += up * change[j] - down * image[j];
      }
    }
    return bent;
  }
}
