package dev.kingpin.learner.linear;

import java.util.Arrays;

/**
 * Cholesky's factor of some rows and columns of a symmetric positive semidefinite matrix: A = Rᵀ R
 * with R upper triangular, in double precision. A member that the members before it explain is
 * <i>dependent</i>: its row of R is zero, solutions hold it at 0, and it spans a direction along
 * which the quadratic form is flat.
 *
 * <p>An instance is memory that one thread uses again and again; each factor replaces the last.
 */
final class SubsetCholesky {
  private double[] r = {}; // (count, count) or longer, rows of R from the diagonal on
  private double[] inverse = {}; // (count) or longer; 1 / R(i, i), and 0 if i is dependent
  private int count;

  /**
   * Factors the rows and columns of the members.
   *
   * @param a (n, n), row-major; of entries (i, j) and (j, i), the one in the row of the earlier
   *     member is read
   * @param members (count) or longer: rows of a
   * @param tolerance a pivot at most this large beside its diagonal entry tells of a dependent
   *     member
   * @return the number of dependent members
   */
  int factor(double[] a, int n, int[] members, int count, double tolerance) {
    this.count = count;
    if (inverse.length < count) {
      r = new double[count * count];
      inverse = new double[count];
    }
    int dependent = 0;
    for (int i = 0; i < count; i++) {
      int row = i * count;
      int from = members[i] * n;
      for (int j = i; j < count; j++) {
        r[row + j] = a[from + members[j]];
      }
      double diagonal = r[row + i];
      for (int k = 0; k < i; k++) {
        reduce(k * count, row, i);
      }
      if (!finish(row, i, tolerance * diagonal)) {
        dependent++;
      }
    }
    return dependent;
  }

  /** Takes from the row of member i what the row of R at {@code above} explains. */
  private void reduce(int above, int row, int i) {
    double factor = r[above + i];
    if (factor != 0) {
      for (int j = i; j < count; j++) {
        r[row + j] -= factor * r[above + j];
      }
    }
  }

  private boolean finish(int row, int i, double smallest) {
    double pivot = r[row + i];
    boolean independent = pivot > smallest && pivot <= Double.MAX_VALUE;
    inverse[i] = independent ? 1 / Math.sqrt(pivot) : 0;
    for (int j = i; j < count; j++) {
      r[row + j] *= inverse[i];
    }
    if (!independent) {
      Arrays.fill(r, row + i, row + count, 0);
    }
    return independent;
  }

  boolean isDependent(int i) {
    return inverse[i] == 0;
  }

  /**
   * Solves A v = v in place, with dependent members held at 0.
   *
   * @param v IN the right-hand side, OUT the solution: (count) or longer
   */
  void solve(double[] v) {
    for (int k = 0; k < count; k++) {
      v[k] *= inverse[k];
      for (int j = k + 1; j < count; j++) {
        v[j] -= r[k * count + j] * v[k];
      }
    }
    backward(v, count);
  }

  /** Solves R v = v for the first members. */
  private void backward(double[] v, int size) {
    for (int i = size - 1; i >= 0; i--) {
      double sum = v[i];
      for (int k = i + 1; k < size; k++) {
        sum -= r[i * count + k] * v[k];
      }
      v[i] = sum * inverse[i];
    }
  }

  /**
   * The direction of a dependent member: 1 there, 0 at later members and other dependent ones, and
   * A times it is 0 at all members up to this one.
   *
   * @param v OUT (count) or longer
   */
  void flatDirection(int dependent, double[] v) {
    for (int k = 0; k < count; k++) {
      v[k] = k < dependent ? -r[k * count + dependent] : 0;
    }
    backward(v, dependent);
    v[dependent] = 1;
  }
}
