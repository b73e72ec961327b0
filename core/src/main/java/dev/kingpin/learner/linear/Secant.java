package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;

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
   * Bends a Hessian.
   *
   * @param hessian (n, n), symmetric
   * @param move (n)
   * @param change (n) of the gradient along the move
   * @param bent OUT (n, n), apart from the Hessian
   * @return false if the step tells nothing that is likely; then {@code bent} is as before
   */
  static boolean bend(double[] hessian, double[] move, double[] change, double[] bent) {
    int n = move.length;
    double[] image = new double[n];
    Kernels.best().multiply(hessian, n, move, image, 0);
    double known = 0; // curvature along the move, times its squared length
    double told = 0;
    for (int i = 0; i < n; i++) {
      known += move[i] * image[i];
      told += move[i] * change[i];
    }
    if (!(told * LIKELY > known && told < known * LIKELY)) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      double up = change[i] / told;
      double down = image[i] / known;
      int row = i * n;
      for (int j = 0; j < n; j++) {
        bent[row + j] = hessian[row + j] + (up * change[j] - down * image[j]);
      }
    }
    return true;
  }
}
