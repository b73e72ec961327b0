package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin: lanes are columns. */
final class VectorSquares extends SquareKernels {

  static final VectorSquares INSTANCE = new VectorSquares();

  private static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();

  private VectorSquares() {}

  @Override
  void runSubtract(double times, double[] a, int at, double[] from) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, -times);
    for (int j = 0; j < from.length; j += LANES) {
      DoubleVector row = DoubleVector.fromArray(SPECIES, a, at + j);
      factor.fma(row, DoubleVector.fromArray(SPECIES, from, j)).intoArray(from, j);
    }
  }

  @Override
  void runSubtract(double[] times, int[] rows, int count, double[] a, double[] from) {
    int j = 0;
    for (; j <= from.length - 4 * LANES; j += 4 * LANES) {
      subtractFour(times, rows, count, a, from, j);
    }
    for (; j < from.length; j += LANES) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, from, j);
      for (int k = 0; k < count; k++) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, -times[rows[k]]);
        int at = rows[k] * from.length + j;
        sum = factor.fma(DoubleVector.fromArray(SPECIES, a, at), sum);
      }
      sum.intoArray(from, j);
    }
  }

  /** Four vectors of columns from j on: four chains at a time hide the latency of each. */
  private static void subtractFour(
      double[] times, int[] rows, int count, double[] a, double[] from, int j) {
    DoubleVector sum0 = DoubleVector.fromArray(SPECIES, from, j);
    DoubleVector sum1 = DoubleVector.fromArray(SPECIES, from, j + LANES);
    DoubleVector sum2 = DoubleVector.fromArray(SPECIES, from, j + 2 * LANES);
    DoubleVector sum3 = DoubleVector.fromArray(SPECIES, from, j + 3 * LANES);
    for (int k = 0; k < count; k++) {
      DoubleVector factor = DoubleVector.broadcast(SPECIES, -times[rows[k]]);
      int at = rows[k] * from.length + j;
      sum0 = factor.fma(DoubleVector.fromArray(SPECIES, a, at), sum0);
      sum1 = factor.fma(DoubleVector.fromArray(SPECIES, a, at + LANES), sum1);
      sum2 = factor.fma(DoubleVector.fromArray(SPECIES, a, at + 2 * LANES), sum2);
      sum3 = factor.fma(DoubleVector.fromArray(SPECIES, a, at + 3 * LANES), sum3);
    }
    sum0.intoArray(from, j);
    sum1.intoArray(from, j + LANES);
    sum2.intoArray(from, j + 2 * LANES);
    sum3.intoArray(from, j + 3 * LANES);
  }

  @Override
  void runReduce(double[] w, double[] inverse, int i, int stride) {
    int j = i / LANES * LANES;
    for (; j <= stride - 4 * LANES; j += 4 * LANES) {
      reduceFour(w, inverse, i, j, stride);
    }
    for (; j <= stride - 2 * LANES; j += 2 * LANES) {
      reduceTwo(w, inverse, i, j, stride);
    }
    for (; j < stride; j += LANES) {
      DoubleVector sum = DoubleVector.fromArray(SPECIES, w, i * stride + j);
      for (int k = 0; k < i; k++) {
        int row = k * stride;
        DoubleVector factor = DoubleVector.broadcast(SPECIES, -(w[row + i] * inverse[k]));
        sum = factor.fma(DoubleVector.fromArray(SPECIES, w, row + j), sum);
      }
      sum.intoArray(w, i * stride + j);
    }
  }

  private static void reduceFour(double[] w, double[] inverse, int i, int j, int stride) {
    int to = i * stride + j;
    DoubleVector sum0 = DoubleVector.fromArray(SPECIES, w, to);
    DoubleVector sum1 = DoubleVector.fromArray(SPECIES, w, to + LANES);
    DoubleVector sum2 = DoubleVector.fromArray(SPECIES, w, to + 2 * LANES);
    DoubleVector sum3 = DoubleVector.fromArray(SPECIES, w, to + 3 * LANES);
    for (int k = 0; k < i; k++) {
      int row = k * stride;
      DoubleVector factor = DoubleVector.broadcast(SPECIES, -(w[row + i] * inverse[k]));
      sum0 = factor.fma(DoubleVector.fromArray(SPECIES, w, row + j), sum0);
      sum1 = factor.fma(DoubleVector.fromArray(SPECIES, w, row + j + LANES), sum1);
      sum2 = factor.fma(DoubleVector.fromArray(SPECIES, w, row + j + 2 * LANES), sum2);
      sum3 = factor.fma(DoubleVector.fromArray(SPECIES, w, row + j + 3 * LANES), sum3);
    }
    sum0.intoArray(w, to);
    sum1.intoArray(w, to + LANES);
    sum2.intoArray(w, to + 2 * LANES);
    sum3.intoArray(w, to + 3 * LANES);
  }

  private static void reduceTwo(double[] w, double[] inverse, int i, int j, int stride) {
    int to = i * stride + j;
    DoubleVector sum0 = DoubleVector.fromArray(SPECIES, w, to);
    DoubleVector sum1 = DoubleVector.fromArray(SPECIES, w, to + LANES);
    for (int k = 0; k < i; k++) {
      int row = k * stride;
      DoubleVector factor = DoubleVector.broadcast(SPECIES, -(w[row + i] * inverse[k]));
      sum0 = factor.fma(DoubleVector.fromArray(SPECIES, w, row + j), sum0);
      sum1 = factor.fma(DoubleVector.fromArray(SPECIES, w, row + j + LANES), sum1);
    }
    sum0.intoArray(w, to);
    sum1.intoArray(w, to + LANES);
  }
}
