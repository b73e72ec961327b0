package dev.kingpin.learner.linear;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reflections make it
 * tridiagonal, rotations with implicit shifts (QL) make it diagonal (Golub and Van Loan, "Matrix
 * Computations", chapter 8). Errors are a few roundings of the largest eigenvalue. With them, one
 * more ridge penalty costs as much as one product of a matrix and a vector; see {@link #solve}.
 */
final class SymmetricEigen {
  private static final double ROUNDING = 0x1p-53;
  private static final double TINY = 1e-14;
  private static final int MAX_TURNS = 100; // for one eigenvalue; three are usual

  private final int n;
  private final double[]
      work; // (n, n); the matrix, then in row k reflection k, from column k + 1 on
  private final double[] strength; // (n) of the reflections; 0: none
  private final double[] values; // (n)
  private final double[] beside; // (n); entry k stands between values k and k + 1
  private double[] vectors; // (n, n)

  /**
   * @param a (n, n), row-major, both triangles; not changed
   * @throws IllegalArgumentException if an entry is not finite
   */
  SymmetricEigen(double[] a, int n) {
    this.n = n;
    work = a.clone();
    strength = new double[n];
    values = new double[n];
    beside = new double[n];
    vectors = new double[n * n];
    int exponent = scale();
    tridiagonalise();
    accumulate();
    transpose();
    diagonalise();
    sort();
    for (int k = 0; k < n; k++) {
      values[k] = Math.scalb(values[k], exponent);
    }
  }

  /** The eigenvalues, ascending: (n). Not to be changed. */
  double[] values() {
    return values;
  }

  /**
   * The eigenvectors, of length 1, as rows in the order of the values: (n, n). Not to be changed.
   */
  double[] vectors() {
    return vectors;
  }

  /**
   * Solves {@code (A + ridge I) x = b}. Directions about which A and the penalty know nothing stay
   * 0, so x is the shortest solution.
   *
   * @param b (n)
   * @return (n)
   */
  double[] solve(double[] b, double ridge) {
    double[] x = new double[n];
    for (int k = 0; k < n; k++) {
      double curvature = values[k] + ridge;
      if (curvature > TINY * (values[n - 1] + ridge)) {
        double along = 0;
        for (int j = 0; j < n; j++) {
          along += vectors[k * n + j] * b[j];
        }
        add(along / curvature, vectors, k * n, x, 0, n);
      }
    }
    return x;
  }

  private static void add(double times, double[] from, int at, double[] to, int begin, int length) {
    for (int j = 0; j < length; j++) {
      to[begin + j] += times * from[at + j];
    }
  }

  /** Brings entries to at most 1, so that no square overflows; returns the exponent taken out. */
  private int scale() {
    double largest = 0;
    for (double entry : work) {
      if (!(Math.abs(entry) <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("an entry of a matrix is (%s).".formatted(entry));
      }
      largest = Math.max(largest, Math.abs(entry));
    }
    int exponent = largest == 0 ? 0 : Math.getExponent(largest) + 1;
    for (int i = 0; i < work.length; i++) {
      work[i] = Math.scalb(work[i], -exponent);
    }
    return exponent;
  }

  private void tridiagonalise() {
    double[] image = new double[n];
    for (int k = 0; k < n; k++) {
      values[k] = work[k * n + k];
      if (k < n - 1) {
        reflect(k, image);
      }
    }
  }

  /** Clears row k right of its neighbour, and reflects the block below. */
  private void reflect(int k, double[] image) {
    int row = k * n;
    double square = 0;
    for (int j = k + 1; j < n; j++) {
      square += work[row + j] * work[row + j];
    }
    double first = work[row + k + 1];
    double length = first > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[k] = length;
    if (length != 0) {
      work[row + k + 1] = first - length;
      strength[k] = 1 / (square - first * length);
      reflectBlock(k, image);
    }
  }

  /** B - v wᵀ - w vᵀ, with p = strength B v and w = p - (strength pᵀv / 2) v. */
  private void reflectBlock(int k, double[] image) {
    int v = k * n;
    int rest = n - k - 1;
    Arrays.fill(image, 0);
    for (int j = k + 1; j < n; j++) {
      add(strength[k] * work[v + j], work, j * n + k + 1, image, k + 1, rest);
    }
    double along = 0;
    for (int j = k + 1; j < n; j++) {
      along += image[j] * work[v + j];
    }
    add(-strength[k] * along / 2, work, v + k + 1, image, k + 1, rest);
    for (int i = k + 1; i < n; i++) {
      add(-work[v + i], image, k + 1, work, i * n + k + 1, rest);
      add(-image[i], work, v + k + 1, work, i * n + k + 1, rest);
    }
  }

  /** The product of the reflections. */
  private void accumulate() {
    double[] image = new double[n];
    for (int k = n - 1; k >= 0; k--) {
      vectors[k * n + k] = 1;
      int rest = n - k - 1;
      Arrays.fill(image, 0);
      for (int j = k + 1; strength[k] != 0 && j < n; j++) {
        add(strength[k] * work[k * n + j], vectors, j * n + k + 1, image, k + 1, rest);
      }
      for (int i = k + 1; strength[k] != 0 && i < n; i++) {
        add(-work[k * n + i], image, k + 1, vectors, i * n + k + 1, rest);
      }
    }
  }

  private void transpose() {
    double[] turned = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        turned[j * n + i] = vectors[i * n + j];
      }
    }
    vectors = turned;
  }

  private void diagonalise() {
    double norm = 0;
    for (int k = 0; k < n; k++) {
      norm = Math.max(norm, Math.abs(values[k]) + Math.abs(beside[k]));
    }
    for (int low = 0; low < n; low++) {
      int turns = 0;
      for (int high = end(low, norm); high > low; high = end(low, norm)) {
        if (++turns > MAX_TURNS) {
          throw new IllegalStateException("eigenvalue (%d) of (%d).".formatted(low, n));
        }
        turn(low, high);
      }
    }
  }

  /** The end of the block that begins at {@code low}. */
  private int end(int low, double norm) {
    int high = low;
    while (high < n - 1 && Math.abs(beside[high]) > ROUNDING * norm) {
      high++;
    }
    return high;
  }

  /** One chase of the bulge from the end of the block to its begin. */
  private void turn(int low, int high) {
    double half = (values[low + 1] - values[low]) / (2 * beside[low]);
    double root = Math.copySign(Math.sqrt(half * half + 1), half);
    double bulge = values[high] - values[low] + beside[low] / (half + root);
    double sine = 1;
    double cosine = 1;
    double shift = 0;
    for (int i = high - 1; i >= low; i--) {
      double f = sine * beside[i];
      double b = cosine * beside[i];
      double length = Math.sqrt(f * f + bulge * bulge);
      beside[i + 1] = length;
      if (length == 0) {
        values[i + 1] -= shift;
        beside[high] = 0;
        return;
      }
      sine = f / length;
      cosine = bulge / length;
      double corner = values[i + 1] - shift;
      double turned = (values[i] - corner) * sine + 2 * cosine * b;
      shift = sine * turned;
      values[i + 1] = corner + shift;
      bulge = cosine * turned - b;
      rotate(i, sine, cosine);
    }
    values[low] -= shift;
    beside[low] = bulge;
    beside[high] = 0;
  }

  /** Rotates vectors i and i + 1. */
  private void rotate(int i, double sine, double cosine) {
    int at = i * n;
    for (int j = at; j < at + n; j++) {
      double upper = vectors[j];
      double lower = vectors[j + n];
      vectors[j + n] = sine * upper + cosine * lower;
      vectors[j] = cosine * upper - sine * lower;
    }
  }

  private void sort() {
    for (int k = 0; k < n - 1; k++) {
      int least = k;
      for (int j = k + 1; j < n; j++) {
        least = values[j] < values[least] ? j : least;
      }
      double value = values[k];
      values[k] = values[least];
      values[least] = value;
      for (int j = 0; j < n; j++) {
        double entry = vectors[k * n + j];
        vectors[k * n + j] = vectors[least * n + j];
        vectors[least * n + j] = entry;
      }
    }
  }
}
