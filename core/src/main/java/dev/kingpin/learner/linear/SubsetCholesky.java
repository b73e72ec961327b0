package dev.kingpin.learner.linear;

import dev.kingpin.kernel.Kernels;
import dev.kingpin.kernel.SquareKernels;

/**
 * Cholesky's factor, without square roots, of some rows and columns of a symmetric positive
 * semidefinite matrix: A = Wᵀ D⁻¹ W with W upper triangular and D its diagonal, in double
 * precision. A member that the members before it explain is <i>dependent</i>: its row takes no
 * part, solutions hold it at 0, and it spans a direction along which the quadratic form is flat.
 *
 * <p>An instance is memory that one thread uses again and again; each factor replaces the last.
 */
final class SubsetCholesky {
  private static final SquareKernels KERNELS = Kernels.best().squares();

  private double[] w = {}; // (count, stride) or longer; anything left of the diagonal
  private double[] inverse = {}; // (count) or longer; 1 / D(i), and 0 if i is dependent
  private double[] scaled = {}; // (count) or longer
  private int count;
  private int stride;

  /**
   * Factors the rows and columns of the members.
   *
   * @param a (n, step), row-major; of entries (i, j) and (j, i), the one in the row of the earlier
   *     member is read
   * @param members (count) or longer: rows of a
   * @param tolerance a pivot at most this large beside its diagonal entry tells of a dependent
   *     member
   * @return the number of dependent members
   */
  int factor(double[] a, int step, int[] members, int count, double tolerance) {
    this.count = count;
    stride = SquareKernels.stride(count);
    if (w.length < count * stride) {
      w = new double[count * stride];
      inverse = new double[count];
      scaled = new double[count];
    }
    int dependent = 0;
    for (int i = 0; i < count; i++) {
      int row = i * stride;
      int from = members[i] * step;
      for (int j = i; j < count; j++) {
        w[row + j] = a[from + members[j]];
      }
      double smallest = tolerance * w[row + i];
      KERNELS.reduce(w, inverse, i, stride);
      double pivot = w[row + i];
      boolean independent = pivot > smallest && pivot <= Double.MAX_VALUE;
      inverse[i] = independent ? 1 / pivot : 0;
      dependent += independent ? 0 : 1;
    }
    return dependent;
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
    for (int j = 0; j < count; j++) {
      v[j] -= dot(j, stride, scaled, 0, j);
      scaled[j] = v[j] * inverse[j];
    }
    backward(v, count);
  }

  /** Solves D⁻¹ W v = D⁻¹ v for the first members. */
  private void backward(double[] v, int size) {
    for (int i = size - 1; i >= 0; i--) {
      v[i] = (v[i] - dot(i * stride + i + 1, 1, v, i + 1, size)) * inverse[i];
    }
  }

  /** Sums up entries of w from {@code at} on times entries of v: four chains side by side. */
  private double dot(int at, int step, double[] v, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int k = from;
    int e = at;
    for (; k <= to - 4; k += 4) {
      sum0 = Math.fma(w[e], v[k], sum0);
      sum1 = Math.fma(w[e + step], v[k + 1], sum1);
      sum2 = Math.fma(w[e + 2 * step], v[k + 2], sum2);
      sum3 = Math.fma(w[e + 3 * step], v[k + 3], sum3);
      e += 4 * step;
    }
    for (; k < to; k++) {
      sum0 = Math.fma(w[e], v[k], sum0);
      e += step;
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /**
   * The direction of a dependent member: 1 there, 0 at later members and other dependent ones, and
   * A times it is 0 at all members up to this one.
   *
   * @param v OUT (count) or longer
   */
  void flatDirection(int dependent, double[] v) {
    for (int k = 0; k < count; k++) {
      v[k] = k < dependent ? -w[k * stride + dependent] : 0;
    }
    backward(v, dependent);
    v[dependent] = 1;
  }
}
