package dev.kingpin.kernel;

/**
 * Solves one of many systems that lie side by side; see {@link Kernels#choleskySolve}.
 *
 * <p>A = Rᵀ R with R upper triangular. Each entry of R is one chain of fused multiply-adds over the
 * rows above it, in ascending order; the diagonal keeps 1 / R(i, i) in place of R(i, i).
 */
@SuppressWarnings("ArrayRecordComponent") // the arguments of one call, never compared
record ScalarCholesky(double[] a, double[] b, int p, int batch, double tolerance) {

  /** Solves system s, or marks it and fills its solution with NaN. */
  void solve(int s, boolean[] failed) {
    if (!factor(s)) {
      failed[s] = true;
      for (int i = 0; i < p; i++) {
        b[i * batch + s] = Double.NaN;
      }
      return;
    }
    forward(s);
    backward(s);
  }

  private boolean factor(int s) {
    for (int i = 0; i < p; i++) {
      double pivot = reduced(i, i, s);
      if (!(pivot > tolerance * a[at(i, i, s)] && pivot <= Double.MAX_VALUE)) {
        return false;
      }
      double inverse = 1.0 / Math.sqrt(pivot);
      a[at(i, i, s)] = inverse;
      for (int j = i + 1; j < p; j++) {
        a[at(i, j, s)] = reduced(i, j, s) * inverse;
      }
    }
    return true;
  }

  /** Entry (i, j) less what the rows of R above row i explain. */
  private double reduced(int i, int j, int s) {
    double sum = a[at(i, j, s)];
    for (int k = 0; k < i; k++) {
      sum = Math.fma(-a[at(k, i, s)], a[at(k, j, s)], sum);
    }
    return sum;
  }

  private void forward(int s) {
    for (int i = 0; i < p; i++) {
      double sum = b[i * batch + s];
      for (int k = 0; k < i; k++) {
        sum = Math.fma(-a[at(k, i, s)], b[k * batch + s], sum);
      }
      b[i * batch + s] = sum * a[at(i, i, s)];
    }
  }

  private void backward(int s) {
    for (int i = p - 1; i >= 0; i--) {
      double sum = b[i * batch + s];
      for (int k = i + 1; k < p; k++) {
        sum = Math.fma(-a[at(i, k, s)], b[k * batch + s], sum);
      }
      b[i * batch + s] = sum * a[at(i, i, s)];
    }
  }

  private int at(int i, int j, int s) {
    return (ColumnKernels.diagonal(i, p) + j - i) * batch + s;
  }
}
