package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin: lanes are columns. */
final class VectorProducts extends ProductKernels {

  static final VectorProducts INSTANCE = new VectorProducts();

  static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();

  private VectorProducts() {}

  @Override
  void runStandardise(
      Matrix raw, RowList rows, double[] centre, double[] inverse, DoubleMatrix out) {
    int j = 0;
    for (; j <= raw.columns() - LANES; j += LANES) {
      standardise(raw, rows, DoubleVector.fromArray(SPECIES, centre, j), inverse, j, out);
    }
    if (j < out.stride()) {
      ScalarProducts.standardise(raw, rows, centre, inverse, out, j);
    }
  }

  /** A vector of columns from j on. */
  private static void standardise(
      Matrix raw, RowList rows, DoubleVector centre, double[] inverse, int j, DoubleMatrix out) {
    DoubleVector factor = DoubleVector.fromArray(SPECIES, inverse, j);
    int[] list = rows.rows();
    int first = rows.from();
    float[] from = raw.values();
    int start = raw.offset() + j;
    int stride = raw.stride();
    double[] to = out.values();
    int at = out.offset() + j;
    for (int i = 0; i < rows.count(); i++) {
      DoubleVector value =
          (DoubleVector)
              FloatVector.fromArray(VectorRows.HALF, from, start + list[first + i] * stride)
                  .convertShape(VectorOperators.F2D, SPECIES, 0);
      value = value.sub(centre).mul(factor);
      value.blend(0, value.compare(VectorOperators.NE, value)).intoArray(to, at);
      at += out.stride();
    }
  }

  @Override
  void runAddGram(DoubleMatrix x, double[] sums) {
    VectorGram.add(x, sums);
  }

  /** Four vectors at a time hide the latency of each; beyond the last one comes the last again. */
  @Override
  void runAddDots(double[] factors, int at, DoubleMatrix x, double[] sums, int to) {
    double[] values = x.values();
    int last = x.stride() - LANES;
    for (int j = 0; j < x.stride(); j += 4 * LANES) {
      int j1 = Math.min(j + LANES, last);
      int j2 = Math.min(j + 2 * LANES, last);
      int j3 = Math.min(j + 3 * LANES, last);
      DoubleVector sum0 = DoubleVector.fromArray(SPECIES, sums, to + j);
      DoubleVector sum1 = DoubleVector.fromArray(SPECIES, sums, to + j1);
      DoubleVector sum2 = DoubleVector.fromArray(SPECIES, sums, to + j2);
      DoubleVector sum3 = DoubleVector.fromArray(SPECIES, sums, to + j3);
      int row = x.offset();
      for (int r = 0; r < x.rows(); r++) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, factors[at + r]);
        sum0 = factor.fma(DoubleVector.fromArray(SPECIES, values, row + j), sum0);
        sum1 = factor.fma(DoubleVector.fromArray(SPECIES, values, row + j1), sum1);
        sum2 = factor.fma(DoubleVector.fromArray(SPECIES, values, row + j2), sum2);
        sum3 = factor.fma(DoubleVector.fromArray(SPECIES, values, row + j3), sum3);
        row += x.stride();
      }
      sum0.intoArray(sums, to + j);
      sum1.intoArray(sums, to + j1);
      sum2.intoArray(sums, to + j2);
      sum3.intoArray(sums, to + j3);
    }
  }
}
