package dev.kingpin.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
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

  /** Floats that are made doubles at a time. */
  private static final int WIDENED = 256;

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

  static void quantise(float[] values, double[] scales, long[] sums, int from, int to) {
    double[] wide = new double[Math.min(WIDENED, to - from)];
    for (int i = from; i < to; i += WIDENED) {
      int n = Math.min(WIDENED, to - i);
      for (int j = 0; j < n; j++) {
        wide[j] = values[i + j];
      }
      int whole = n - n % DOUBLE_LANES;
      add(wide, scales, sums, i, whole);
      ScalarKernels.INSTANCE.runQuantise(values, scales, sums, i + whole, i + n);
    }
  }

  static void quantise(double[] values, double[] scales, long[] sums, int from, int to) {
    int i = from;
    for (; i <= to - DOUBLE_LANES; i += DOUBLE_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, values, i);
      DoubleVector shifted =
          value.mul(DoubleVector.fromArray(DOUBLES, scales, i)).add(ScalarKernels.ROUND);
      LongVector rounded = shifted.reinterpretAsLongs().sub(ScalarKernels.ROUND_BITS);
      LongVector.fromArray(LONGS, sums, i).add(rounded).intoArray(sums, i);
    }
    ScalarKernels.INSTANCE.runQuantise(values, scales, sums, i, to);
  }

  /** Adds the first {@code n} values to the sums from {@code at} on. */
  private static void add(double[] values, double[] scales, long[] sums, int at, int n) {
    for (int j = 0; j < n; j += DOUBLE_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, values, j);
      DoubleVector shifted =
          value.mul(DoubleVector.fromArray(DOUBLES, scales, at + j)).add(ScalarKernels.ROUND);
      LongVector rounded = shifted.reinterpretAsLongs().sub(ScalarKernels.ROUND_BITS);
      LongVector.fromArray(LONGS, sums, at + j).add(rounded).intoArray(sums, at + j);
    }
  }
}
