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

  /** As many floats as there are doubles in a vector. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  private static final int HALF_LANES = HALF.length();

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
      } else if (width >= HALF_LANES) {
        narrowRow(raw.values(), from, centre, inverseScale, panel, to);
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

  /** The same in vectors of half the length, for a row that is shorter than a vector. */
  private static void narrowRow(
      float[] raw, int from, float[] centre, float[] inverseScale, Matrix panel, int to) {
    int last = panel.columns() - HALF_LANES;
    for (int step = 0; step < last + HALF_LANES; step += HALF_LANES) {
      int j = Math.min(step, last);
      FloatVector value =
          FloatVector.fromArray(HALF, raw, from + j)
              .sub(FloatVector.fromArray(HALF, centre, j))
              .mul(FloatVector.fromArray(HALF, inverseScale, j));
      value.blend(0f, value.compare(VectorOperators.NE, value)).intoArray(panel.values(), to + j);
    }
  }

  static void quantise(float[] values, double[] scales, long[] sums, int from, int to) {
    int i = from;
    for (; i <= to - HALF_LANES; i += HALF_LANES) {
      FloatVector value = FloatVector.fromArray(HALF, values, i);
      DoubleVector wide = (DoubleVector) value.convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector shifted =
          wide.mul(DoubleVector.fromArray(DOUBLES, scales, i)).add(ScalarKernels.ROUND);
      LongVector rounded = shifted.reinterpretAsLongs().sub(ScalarKernels.ROUND_BITS);
      LongVector.fromArray(LONGS, sums, i).add(rounded).intoArray(sums, i);
    }
    ScalarKernels.INSTANCE.runQuantise(values, scales, sums, i, to);
  }

  static void quantise(double[] values, double[] scales, long[] sums, int from, int to) {
    int i = from;
    for (; i <= to - HALF_LANES; i += HALF_LANES) {
      DoubleVector value = DoubleVector.fromArray(DOUBLES, values, i);
      DoubleVector shifted =
          value.mul(DoubleVector.fromArray(DOUBLES, scales, i)).add(ScalarKernels.ROUND);
      LongVector rounded = shifted.reinterpretAsLongs().sub(ScalarKernels.ROUND_BITS);
      LongVector.fromArray(LONGS, sums, i).add(rounded).intoArray(sums, i);
    }
    ScalarKernels.INSTANCE.runQuantise(values, scales, sums, i, to);
  }
}
