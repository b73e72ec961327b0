package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin: lanes are columns. */
final class VectorProducts extends ProductKernels {

  static final VectorProducts INSTANCE = new VectorProducts();

  static final VectorSpecies<Double> SPECIES =
      VectorSpecies.of(double.class, VectorTile.SPECIES.vectorShape());
  private static final int LANES = SPECIES.length();

  private VectorProducts() {}

  /** Memory is what takes time here, so four vectors of a row are read before the next row is. */
  @Override
  void runStandardise(
      Matrix raw, RowList rows, double[] centre, double[] inverse, DoubleMatrix out) {
    int j = 0;
    for (; j <= raw.columns() - 4 * LANES; j += 4 * LANES) {
      standardiseFour(raw, rows, centre, inverse, j, out);
    }
    for (; j <= raw.columns() - LANES; j += LANES) {
      standardise(raw, rows, DoubleVector.fromArray(SPECIES, centre, j), inverse, j, out);
    }
    if (j < out.stride()) {
      ScalarProducts.standardise(raw, rows, centre, inverse, out, j);
    }
  }

  /** Four vectors of columns from j on. */
  private static void standardiseFour(
      Matrix raw, RowList rows, double[] centre, double[] inverse, int j, DoubleMatrix out) {
    DoubleVector centre0 = DoubleVector.fromArray(SPECIES, centre, j);
    DoubleVector centre1 = DoubleVector.fromArray(SPECIES, centre, j + LANES);
    DoubleVector centre2 = DoubleVector.fromArray(SPECIES, centre, j + 2 * LANES);
    DoubleVector centre3 = DoubleVector.fromArray(SPECIES, centre, j + 3 * LANES);
    DoubleVector factor0 = DoubleVector.fromArray(SPECIES, inverse, j);
    DoubleVector factor1 = DoubleVector.fromArray(SPECIES, inverse, j + LANES);
    DoubleVector factor2 = DoubleVector.fromArray(SPECIES, inverse, j + 2 * LANES);
    DoubleVector factor3 = DoubleVector.fromArray(SPECIES, inverse, j + 3 * LANES);
    float[] from = raw.values();
    double[] to = out.values();
    int at = out.offset() + j;
    for (int i = rows.from(); i < rows.from() + rows.count(); i++) {
      int row = raw.offset() + j + rows.rows()[i] * raw.stride();
      standardised(from, row, centre0, factor0).intoArray(to, at);
      standardised(from, row + LANES, centre1, factor1).intoArray(to, at + LANES);
      standardised(from, row + 2 * LANES, centre2, factor2).intoArray(to, at + 2 * LANES);
      standardised(from, row + 3 * LANES, centre3, factor3).intoArray(to, at + 3 * LANES);
      at += out.stride();
    }
  }

  /** A vector of columns from j on. */
  private static void standardise(
      Matrix raw, RowList rows, DoubleVector centre, double[] inverse, int j, DoubleMatrix out) {
    DoubleVector factor = DoubleVector.fromArray(SPECIES, inverse, j);
    int at = out.offset() + j;
    for (int i = rows.from(); i < rows.from() + rows.count(); i++) {
      int row = raw.offset() + j + rows.rows()[i] * raw.stride();
      standardised(raw.values(), row, centre, factor).intoArray(out.values(), at);
      at += out.stride();
    }
  }

  private static DoubleVector standardised(
      float[] from, int at, DoubleVector centre, DoubleVector factor) {
    DoubleVector value = VectorRows.widened(from, at).sub(centre).mul(factor);
    return value.blend(0, value.compare(VectorOperators.NE, value));
  }

  @Override
  void runAddColumns(Matrix raw, ColumnTotals totals) {
    int j = 0;
    for (; j <= raw.columns() - LANES; j += LANES) {
      addColumns(raw, j, totals);
    }
    ScalarProducts.addColumns(raw, totals, j);
  }

  /** A vector of columns from j on. */
  private static void addColumns(Matrix raw, int j, ColumnTotals totals) {
    DoubleVector minimum = DoubleVector.fromArray(SPECIES, totals.minimum(), j);
    DoubleVector maximum = DoubleVector.fromArray(SPECIES, totals.maximum(), j);
    DoubleVector sum = DoubleVector.fromArray(SPECIES, totals.sum(), j);
    DoubleVector missing = DoubleVector.fromArray(SPECIES, totals.missing(), j);
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
    int at = raw.offset() + j;
    for (int i = 0; i < raw.rows(); i++) {
      DoubleVector value = VectorRows.widened(raw.values(), at);
      VectorMask<Double> gap = value.compare(VectorOperators.NE, value);
      missing = missing.add(zero.blend(one, gap));
      sum = sum.add(value.blend(zero, gap));
      minimum = minimum.blend(value, value.compare(VectorOperators.LT, minimum));
      maximum = maximum.blend(value, value.compare(VectorOperators.GT, maximum));
      at += raw.stride();
    }
    minimum.intoArray(totals.minimum(), j);
    maximum.intoArray(totals.maximum(), j);
    sum.intoArray(totals.sum(), j);
    missing.intoArray(totals.missing(), j);
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
