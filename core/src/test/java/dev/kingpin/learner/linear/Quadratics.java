package dev.kingpin.learner.linear;

import java.util.Random;
import java.util.function.ToDoubleBiFunction;

/**
 * Least squares problems as quadratics: A = XᵀX / rows, b = Xᵀy / rows, where y depends on a third
 * of the columns.
 */
record Quadratics(String name, double[] a, double[] b) {

  /** Independent columns. */
  static Quadratics plain(int rows, int n, long seed) {
    return of("plain", rows, n, seed, (x, j) -> x[j]);
  }

  /** Each odd column repeats the one before it, apart from a little noise. */
  static Quadratics nearCollinear(int rows, int n, double noise, long seed) {
    return of(
        "noise " + noise, rows, n, seed, (x, j) -> j % 2 == 0 ? x[j] : x[j - 1] + noise * x[j]);
  }

  /** Each odd column is the one before it. */
  static Quadratics repeated(int rows, int n, long seed) {
    return of("repeated", rows, n, seed, (x, j) -> x[j - j % 2]);
  }

  /** Column 0 is ones, the others tell the levels of a category, all of them. */
  static Quadratics oneHot(int rows, int n, long seed) {
    return of("one-hot", rows, n, seed, (x, j) -> j == 0 ? 1 : level(x[0], n - 1) == j ? 1 : 0);
  }

  /** All columns share a large part. */
  static Quadratics correlated(int rows, int n, long seed) {
    return of("correlated", rows, n, seed, (x, j) -> x[j] + 30 * x[0]);
  }

  private static int level(double gaussian, int levels) {
    return 1 + (int) Math.min(levels - 1, Math.abs(gaussian) * levels / 2);
  }

  private static Quadratics of(
      String name, int rows, int n, long seed, ToDoubleBiFunction<double[], Integer> column) {
    Random random = new Random(seed);
    double[] a = new double[n * n];
    double[] b = new double[n];
    double[] raw = new double[n];
    double[] x = new double[n];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        raw[j] = random.nextGaussian();
      }
      double y = random.nextGaussian();
      for (int j = 0; j < n; j++) {
        x[j] = column.applyAsDouble(raw, j);
        y += j % 3 == 0 ? x[j] * (1 - j % 2 * 3) : 0;
      }
      for (int i = 0; i < n; i++) {
        b[i] += x[i] * y / rows;
        for (int j = 0; j < n; j++) {
          a[i * n + j] += x[i] * x[j] / rows;
        }
      }
    }
    return new Quadratics(name + " (" + rows + ", " + n + ")", a, b);
  }

  int n() {
    return b.length;
  }

  Quadratics withRidge(double l2) {
    double[] ridged = a.clone();
    for (int j = 0; j < n(); j++) {
      ridged[j * n() + j] += l2;
    }
    return new Quadratics(name + " + " + l2, ridged, b);
  }

  double[] gradient(double[] x) {
    double[] gradient = new double[n()];
    for (int i = 0; i < n(); i++) {
      gradient[i] = -b[i];
      for (int j = 0; j < n(); j++) {
        gradient[i] += a[i * n() + j] * x[j];
      }
    }
    return gradient;
  }

  /** Without a penalty. */
  double loss(double[] x) {
    double[] gradient = gradient(x);
    double loss = 0;
    for (int j = 0; j < n(); j++) {
      loss += x[j] * (gradient[j] - b[j]) / 2;
    }
    return loss;
  }

  double objective(double[] x, double[] l1) {
    double objective = loss(x);
    for (int j = 0; j < n(); j++) {
      objective += l1[j] * Math.abs(x[j]);
    }
    return objective;
  }

  /** How far the conditions of Karush, Kuhn and Tucker are from true, in units of b. */
  double violation(double[] x, double[] l1) {
    double[] gradient = gradient(x);
    double largest = 0;
    for (int j = 0; j < n(); j++) {
      double violation =
          x[j] == 0
              ? Math.max(0, Math.abs(gradient[j]) - l1[j])
              : Math.abs(gradient[j] + l1[j] * Math.signum(x[j]));
      largest = Math.max(largest, violation);
    }
    return largest;
  }

  double largestB() {
    return largest(b);
  }

  static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Override
  public String toString() {
    return name;
  }
}
