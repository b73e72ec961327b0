package dev.kingpin.learner.linear;

import java.util.Arrays;

/**
 * Losses of a row with their first and second derivatives in the row's scores, in doubles, as
 * textbooks write them.
 */
enum PlainLoss {
  SQUARED,
  LOGISTIC,
  SOFTMAX,
  /** Less the loss of the count itself, so that it is never below 0. */
  POISSON;

  double loss(double y, double[] z) {
    return switch (this) {
      case SQUARED -> (z[0] - y) * (z[0] - y) / 2;
      case LOGISTIC -> Math.log1p(Math.exp(-Math.abs(z[0]))) + Math.max(z[0], 0) - y * z[0];
      case SOFTMAX -> {
        double largest = Arrays.stream(z).max().orElseThrow();
        double sum = Arrays.stream(z).map(s -> Math.exp(s - largest)).sum();
        yield Math.log(sum) + largest - z[(int) y];
      }
      case POISSON -> Math.exp(z[0]) - y * z[0] - saturated(y);
    };
  }

  private static double saturated(double count) {
    return count > 0 ? count - count * Math.log(count) : 0;
  }

  /** What the loss of a count itself is that {@link #POISSON} leaves out. */
  double leftOut(double y) {
    return this == POISSON ? saturated(y) : 0;
  }

  /** What the model expects: (outputs). */
  double[] expected(double[] z) {
    return switch (this) {
      case SQUARED -> z.clone();
      case LOGISTIC -> new double[] {1 / (1 + Math.exp(-z[0]))};
      case POISSON -> new double[] {Math.exp(z[0])};
      case SOFTMAX -> {
        double largest = Arrays.stream(z).max().orElseThrow();
        double[] shares = Arrays.stream(z).map(s -> Math.exp(s - largest)).toArray();
        double sum = Arrays.stream(shares).sum();
        yield Arrays.stream(shares).map(s -> s / sum).toArray();
      }
    };
  }

  /** First derivative in score {@code k}. */
  double residual(double y, double[] expected, int k) {
    return this == SOFTMAX ? expected[k] - (k == (int) y ? 1 : 0) : expected[k] - y;
  }

  /** Second derivative in scores {@code k} and {@code l}. */
  double curvature(double[] expected, int k, int l) {
    return switch (this) {
      case SQUARED -> 1;
      case LOGISTIC -> expected[0] * (1 - expected[0]);
      case POISSON -> expected[0];
      case SOFTMAX -> expected[k] * ((k == l ? 1 : 0) - expected[l]);
    };
  }
}
