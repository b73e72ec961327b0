package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** Rows in and sums out: what brings features into panels and partial sums into integers. */
final class VectorRows {

  private static final VectorSpecies<Float> SPECIES = VectorTile.SPECIES;
  private static final int LANES = VectorTile.LANES;
  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, SPECIES.vectorShape());
  private static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, SPECIES.vectorShape());

  private static final int DOUBLE_LANES = DOUBLES.length();

  /** As many floats as doubles fill a vector. */
  static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  private VectorRows() {}

  static void standardise(
      Matrix raw,
      int @Nullable [] rows,
      int rowsOffset,
      float[] centre,
      float[] inverseScale,
      Matrix panel) {
    int width = panel.columns();
    for (int i = 0; i < panel.rows(); i++) {
      int from = raw.rowStart(rows == null ? rowsOffset + i : rows[rowsOffset + i]);
      int to = panel.rowStart(i);
      if (width >= LANES) {
        wideRow(raw.values(), from, centre, inverseScale, panel, to);
      } else {
        for (int j = 0; j < width; j++) {
          float value = (raw.values()[from + j] - centre[j]) * inverseScale[j];
          panel.values()[to + j] = Float.isNaN(value) ? 0f : value;
        }
      }
    }
  }

  /** A row of at least one vector; the last vector overlaps the one before it. */
  private static void wideRow(
      float[] raw, int from, float[] centre, float[] inverseScale, Matrix panel, int to) {
    int last = panel.columns() - LANES;
    for (int step = 0; step < last + LANES; step += LANES) {
      int j = Math.min(step, last);
      FloatVector value =
          FloatVector.fromArray(SPECIES, raw, from + j)
              .sub(FloatVector.fromArray(SPECIES, centre, j))
              .mul(FloatVector.fromArray(SPECIES, inverseScale, j));
      value.blend(0f, value.compare(VectorOperators.NE, value)).intoArray(panel.values(), to + j);
    }
  }

  static void quantise(float[] values, double scale, long[] sums, int n) {
    int whole = n - n % DOUBLE_LANES;
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, scale);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ScalarKernels.ROUND);
    LongVector bits = LongVector.broadcast(LONGS, ScalarKernels.ROUND_BITS);
    for (int i = 0; i < whole; i += DOUBLE_LANES) {
      DoubleVector value = widened(values, i);
      LongVector rounded = value.mul(factor).add(round).reinterpretAsLongs().sub(bits);
      LongVector.fromArray(LONGS, sums, i).add(rounded).intoArray(sums, i);
    }
    for (int i = whole; i < n; i++) {
      sums[i] += ScalarKernels.quantised(values[i], scale);
    }
  }

  static void quantise(double[] values, double scale, long[] sums, int n) {
    int whole = n - n % DOUBLE_LANES;
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, scale);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ScalarKernels.ROUND);
    LongVector bits = LongVector.broadcast(LONGS, ScalarKernels.ROUND_BITS);
    for (int i = 0; i < whole; i += DOUBLE_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, values, i);
      LongVector rounded = value.mul(factor).add(round).reinterpretAsLongs().sub(bits);
      LongVector.fromArray(LONGS, sums, i).add(rounded).intoArray(sums, i);
    }
    for (int i = whole; i < n; i++) {
      sums[i] += ScalarKernels.quantised(values[i], scale);
    }
  }

  static void multiply(double[] a, int n, double[] x, double[] y, int at) {
    int j = 0;
    for (; j <= n - 2 * DOUBLE_LANES; j += 2 * DOUBLE_LANES) {
      DoubleVector sum0 = DoubleVector.zero(DOUBLES);
      DoubleVector sum1 = sum0;
      for (int i = 0, from = j; i < n; i++, from += n) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, x[at + i]);
        sum0 = factor.fma(DoubleVector.fromArray(DOUBLES, a, from), sum0);
        sum1 = factor.fma(DoubleVector.fromArray(DOUBLES, a, from + DOUBLE_LANES), sum1);
      }
      sum0.intoArray(y, at + j);
      sum1.intoArray(y, at + j + DOUBLE_LANES);
    }
    for (; j <= n - DOUBLE_LANES; j += DOUBLE_LANES) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      for (int i = 0, from = j; i < n; i++, from += n) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, x[at + i]);
        sum = factor.fma(DoubleVector.fromArray(DOUBLES, a, from), sum);
      }
      sum.intoArray(y, at + j);
    }
    ScalarKernels.multiply(a, n, x, y, at, j);
  }

  /** A vector of doubles, from as many floats. */
  static DoubleVector widened(float[] from, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, from, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
