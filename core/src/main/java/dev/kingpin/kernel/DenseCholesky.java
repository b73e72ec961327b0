package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarCholesky} for one system whose lanes are neighbouring columns, for systems too few
 * to fill a vector. It works on a copy with a gap after each row, so that a vector may run over the
 * end of a row; what it finds there is never used.
 */
final class DenseCholesky {

  private static final VectorSpecies<Double> SPECIES = VectorCholesky.SPECIES;
  private static final int LANES = SPECIES.length();

  private final int p;
  private final int stride;

  /** The system, then R, with 1 / R(i, i) on the diagonal: (p, stride). */
  private final double[] r;

  /** The right-hand side, then the solution: (stride). */
  private final double[] x;

  DenseCholesky(int p) {
    this.p = p;
    stride = p + 4 * LANES;
    r = new double[p * stride];
    x = new double[stride];
  }

  /** Solves system s of the batch; false if a pivot was too small, and then b is as before. */
  boolean solve(double[] a, double[] b, int batch, int s, double tolerance) {
    for (int i = 0; i < p; i++) {
      x[i] = b[i * batch + s];
      for (int j = i; j < p; j++) {
        r[i * stride + j] = a[(ColumnKernels.diagonal(i, p) + j - i) * batch + s];
      }
    }
    if (!factor(tolerance)) {
      return false;
    }
    forward();
    backward();
    for (int i = 0; i < p; i++) {
      b[i * batch + s] = x[i];
    }
    return true;
  }

  private boolean factor(double tolerance) {
    for (int i = 0; i < p; i++) {
      double diagonal = r[i * stride + i];
      for (int j = i; j < p; j += 4 * LANES) {
        reduce(i, j);
      }
      double pivot = r[i * stride + i];
      if (!(pivot > tolerance * diagonal && pivot <= Double.MAX_VALUE)) {
        return false;
      }
      double inverse = 1.0 / Math.sqrt(pivot);
      r[i * stride + i] = inverse;
      for (int j = i + 1; j < p; j++) {
        r[i * stride + j] *= inverse;
      }
    }
    return true;
  }

  /** Takes from row i, columns j to {@code j + 4 * LANES - 1}, what the rows above explain. */
  private void reduce(int i, int j) {
    int at = i * stride + j;
    DoubleVector sum0 = DoubleVector.fromArray(SPECIES, r, at);
    DoubleVector sum1 = DoubleVector.fromArray(SPECIES, r, at + LANES);
    DoubleVector sum2 = DoubleVector.fromArray(SPECIES, r, at + 2 * LANES);
    DoubleVector sum3 = DoubleVector.fromArray(SPECIES, r, at + 3 * LANES);
    int row = 0;
    for (int k = 0; k < i; k++) {
      DoubleVector factor = DoubleVector.broadcast(SPECIES, -r[row + i]);
      sum0 = factor.fma(DoubleVector.fromArray(SPECIES, r, row + j), sum0);
      sum1 = factor.fma(DoubleVector.fromArray(SPECIES, r, row + j + LANES), sum1);
      sum2 = factor.fma(DoubleVector.fromArray(SPECIES, r, row + j + 2 * LANES), sum2);
      sum3 = factor.fma(DoubleVector.fromArray(SPECIES, r, row + j + 3 * LANES), sum3);
      row += stride;
    }
    sum0.intoArray(r, at);
    sum1.intoArray(r, at + LANES);
    sum2.intoArray(r, at + 2 * LANES);
    sum3.intoArray(r, at + 3 * LANES);
  }

  /** Each unknown that is known leaves the sums of all later ones, in ascending order. */
  private void forward() {
    for (int k = 0; k < p; k++) {
      int row = k * stride;
      x[k] *= r[row + k];
      DoubleVector known = DoubleVector.broadcast(SPECIES, x[k]);
      for (int j = k + 1; j < p; j += LANES) {
        DoubleVector factor = DoubleVector.fromArray(SPECIES, r, row + j).neg();
        factor.fma(known, DoubleVector.fromArray(SPECIES, x, j)).intoArray(x, j);
      }
    }
  }

  private void backward() {
    for (int i = p - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < p; k++) {
        sum = Math.fma(-r[i * stride + k], x[k], sum);
      }
      x[i] = sum * r[i * stride + i];
    }
  }
}
