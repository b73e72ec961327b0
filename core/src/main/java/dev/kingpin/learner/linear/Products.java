package dev.kingpin.learner.linear;

/**
 * Weighted sums, over the rows that a mask learns from, of products of two columns. Columns are
 * those of the design, then the ones, then the targets.
 */
interface Products {
  /** The sum of the products of two columns. */
  double of(int i, int j);

  /** A matrix of all products: (size, size), row-major. */
  static Products of(double[] matrix, int size) {
    return (i, j) -> matrix[i * size + j];
  }
}
