package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
import java.util.Arrays;

/**
 * Least squares with a ridge penalty from a Gram matrix. The objective is half the weighted mean
 * squared error plus half of {@code l2} times the squared length of the standardised coefficients;
 * the intercept is free. Statistics are standardised, not rows:
 *
 * <pre>
 * (C + l2 I) beta = c,   C the correlations of the columns, c their covariances with the target
 *                        over their deviations
 * </pre>
 *
 * so one Gram matrix serves all penalties (Hoerl and Kennard, "Ridge Regression", 1970).
 */
final class Ridge {
  /** A pivot this small beside its diagonal entry tells of columns that repeat one another. */
  private static final double PIVOT_TOLERANCE = 1e-10;

  private final Design design;
  private final double[] gram; // (size, size)
  private final int size;
  private final int ones;
  private final int target;
  private final double weight;
  private final int[] active;

  Ridge(Design design, double[] gram, Scaling scaling) {
    this.design = design;
    this.gram = gram;
    size = design.columns() + 2;
    ones = size - 2;
    target = size - 1;
    weight = at(ones, ones);
    active = activeColumns(scaling);
  }

  private int[] activeColumns(Scaling scaling) {
    int[] columns = new int[design.columns()];
    int count = 0;
    for (int j = 0; j < design.columns(); j++) {
      if (scaling.active[j] && covariance(j, j) > 0) {
        columns[count++] = j;
      }
    }
    return Arrays.copyOf(columns, count);
  }

  private double at(int i, int j) {
    return gram[i * size + j];
  }

  private double mean(int column) {
    return at(column, ones) / weight;
  }

  private double covariance(int i, int j) {
    return at(i, j) / weight - mean(i) * mean(j);
  }

  /**
   * Solves for all penalties at once.
   *
   * @return weights of the panel columns and the intercept last, for each penalty; null where the
   *     columns repeat one another and the penalty is too small to tell them apart
   */
  double[][] solve(double[] penalties) {
    int k = active.length;
    int batch = penalties.length;
    double[] a = new double[k * k * batch];
    double[] b = new double[k * batch];
    for (int i = 0; i < k; i++) {
      double di = Math.sqrt(covariance(active[i], active[i]));
      for (int j = i; j < k; j++) {
        double dj = Math.sqrt(covariance(active[j], active[j]));
        double correlation = i == j ? 1 : covariance(active[i], active[j]) / (di * dj);
        for (int s = 0; s < batch; s++) {
          a[(i * k + j) * batch + s] = correlation + (i == j ? penalties[s] : 0);
        }
      }
      Arrays.fill(b, i * batch, (i + 1) * batch, covariance(active[i], target) / di);
    }
    boolean[] failed = new boolean[batch];
    Kernels.best().choleskySolve(a, b, k, batch, PIVOT_TOLERANCE, failed);
    double[][] weights = new double[batch][];
    for (int s = 0; s < batch; s++) {
      if (!failed[s]) {
        weights[s] = toPanel(b, s, batch);
      }
    }
    return weights;
  }

  private double[] toPanel(double[] solutions, int system, int batch) {
    double[] weights = new double[design.columns() + 1];
    double intercept = mean(target);
    for (int i = 0; i < active.length; i++) {
      int j = active[i];
      weights[j] = solutions[i * batch + system] / Math.sqrt(covariance(j, j));
      intercept -= weights[j] * mean(j);
    }
    weights[design.columns()] = intercept;
    return weights;
  }

  /** The objective at some weights, in squared units of the scaled target. */
  double objective(double[] weights, double penalty) {
    double length = 0;
    for (int j : active) {
      length += weights[j] * weights[j] * covariance(j, j);
    }
    return squaredError(gram, weights) / weight / 2 + penalty * length / 2;
  }

  /** Weighted sum of squared errors of some weights on the rows of a Gram matrix. */
  static double squaredError(double[] gram, double[] weights) {
    int size = weights.length + 1;
    double total = 0;
    for (int i = 0; i < size; i++) {
      double row = 0;
      for (int j = 0; j < size; j++) {
        row += gram[i * size + j] * (j == size - 1 ? 1 : -weights[j]);
      }
      total += row * (i == size - 1 ? 1 : -weights[i]);
    }
    return Math.max(0, total);
  }
}
