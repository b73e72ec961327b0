package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;

/**
 * Coordinates of a model in a basis, with what it takes to tell quickly how far it is from others:
 * the correlations times the coordinates, and the mean square of the scores around the intercept.
 */
final class Place {
  final Basis basis;
  final double[] at; // (outputs * width)
  private final double[] image; // (outputs * width)
  private final double[] square; // (outputs)

  Place(Basis basis, double[] at) {
    this.basis = basis;
    this.at = at;
    image = new double[at.length];
    square = new double[basis.outputs];
    int n = basis.active.length;
    for (int k = 0; k < basis.outputs; k++) {
      int from = k * basis.width;
      Kernels.best().multiply(basis.correlations, n, at, image, from);
      image[from + n] = at[from + n];
      square[k] = dot(at, image, from, basis.width);
    }
  }

  private static double dot(double[] a, double[] b, int from, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i <= from + count - 4; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < from + count; i++) {
      sum0 += a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /**
   * How far apart two models are: the root mean square difference of their scores on the rows
   * learned from, of the output where it is largest.
   */
  @SuppressWarnings("ReferenceEquality") // one basis a mask
  double distance(Place other) {
    Place same = basis == other.basis ? other : new Place(basis, other.at);
    double largest = 0;
    for (int k = 0; k < basis.outputs; k++) {
      double product = dot(at, same.image, k * basis.width, basis.width);
      largest = Math.max(largest, square[k] + same.square[k] - 2 * product);
    }
    return Math.sqrt(largest);
  }
}
