package dev.kingpin.learner.linear;

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
      for (int i = 0; i < n; i++) {
        double factor = at[from + i];
        int row = i * n;
        for (int j = 0; j < n; j++) {
          image[from + j] += factor * basis.correlations[row + j];
        }
      }
      image[from + n] = at[from + n];
      square[k] = dot(at, image, from, basis.width);
    }
  }

  private static double dot(double[] a, double[] b, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += a[i] * b[i];
    }
    return sum;
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
