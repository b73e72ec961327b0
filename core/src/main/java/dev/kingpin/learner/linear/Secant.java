package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * What a step has told of the curvature of a loss: the gradient's change along it. A Hessian that
 * was taken elsewhere is bent so that it agrees with that, by the formula of Broyden, Fletcher,
 * Goldfarb and Shanno (Nocedal and Wright, "Numerical Optimization", 2006, formula 6.19). So steps
 * with a borrowed Hessian become shorter ever faster, and no row is read for it.
 *
 * <p>Where the system is solved exactly, it need not be bent: {@link #aim} before and {@link #turn}
 * after give the solution of the bent system (algorithm 7.4 there, with one pair).
 *
 * @param move (n)
 * @param change (n) of the gradient along the move
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Secant(double[] move, double[] change) {
  /** Curvatures along a step that differ by a larger factor tell of rounding, or of a far place. */
  private static final double LIKELY = 4;

  /**
   * What a step tells.
   *
   * @param hessian (n, n), symmetric, of some place near by
   * @return null if it tells nothing that is likely
   */
  static @Nullable Secant of(double[] hessian, double[] move, double[] change) {
    double known = dot(move, image(hessian, move)); // curvature times the squared length
    double told = dot(move, change);
    boolean isLikely = told * LIKELY > known && told < known * LIKELY;
    return isLikely ? new Secant(move, change) : null;
  }

  private static double[] image(double[] hessian, double[] move) {
    double[] image = new double[move.length];
    Kernels.best().multiply(hessian, move.length, move, image, 0);
    return image;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** A Hessian that agrees with the step: (n, n), symmetric. */
  double[] bent(double[] hessian) {
    int n = move.length;
    double[] image = image(hessian, move);
    double known = dot(move, image);
    double told = dot(move, change);
    double[] bent = hessian.clone();
    for (int i = 0; i < n; i++) {
      double up = change[i] / told;
      double down = image[i] / known;
      int row = i * n;
      for (int j = 0; j < n; j++) {
        bent[row + j] += up * change[j] - down * image[j];
      }
    }
    return bent;
  }

  /** What the system is to be solved for in place of some gradient: (n). */
  double[] aim(double[] gradient) {
    double share = dot(move, gradient) / dot(move, change);
    double[] aim = gradient.clone();
    for (int i = 0; i < aim.length; i++) {
      aim[i] -= share * change[i];
    }
    return aim;
  }

  /**
   * Turns a direction to where the bent system leads.
   *
   * @param direction IN what the system that is not bent says of minus {@link #aim}, OUT (n)
   */
  void turn(double[] gradient, double[] direction) {
    double part = -(dot(move, gradient) + dot(change, direction)) / dot(move, change);
    for (int i = 0; i < direction.length; i++) {
      direction[i] += part * move[i];
    }
  }
}
