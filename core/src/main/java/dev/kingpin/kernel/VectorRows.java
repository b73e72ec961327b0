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
  private static final int DOUBLE_LANES = DOUBLES.length();

  /** As many floats as there are doubles in a vector. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  private VectorRows() {}

  static void standardise(
      Matrix raw,
      int @Nullable [] rows,
      int rowsOffset,
      float[] centre,
      float[] inverseScale,
      Matrix panel) {
    for (int i = 0; i < panel.rows(); i++) {
      int from = raw.rowStart(rows == null ? rowsOffset + i : rows[rowsOffset + i]);
      int to = panel.rowStart(i);
      int j = 0;
      for (; j <= panel.columns() - LANES; j += LANES) {
        FloatVector value =
            FloatVector.fromArray(SPECIES, raw.values(), from + j)
                .sub(FloatVector.fromArray(SPECIES, centre, j))
                .mul(FloatVector.fromArray(SPECIES, inverseScale, j));
        value.blend(0f, value.compare(VectorOperators.NE, value)).intoArray(panel.values(), to + j);
      }
      for (; j < panel.columns(); j++) {
        float value = (raw.values()[from + j] - centre[j]) * inverseScale[j];
        panel.values()[to + j] = Float.isNaN(value) ? 0f : value;
      }
    }
  }

  static void quantise(float[] values, double[] scales, long[] sums, int from, int to) {
    int i = from;
    for (; i <= to - DOUBLE_LANES; i += DOUBLE_LANES) {
      DoubleVector value =
          (DoubleVector)
              FloatVector.fromArray(HALF, values, i).convertShape(VectorOperators.F2D, DOUBLES, 0);
      add(value, scales, sums, i);
    }
    ScalarKernels.INSTANCE.runQuantise(values, scales, sums, i, to);
  }

  static void quantise(double[] values, double[] scales, long[] sums, int from, int to) {
    int i = from;
    for (; i <= to - DOUBLE_LANES; i += DOUBLE_LANES) {
      add(DoubleVector.fromArray(DOUBLES, values, i), scales, sums, i);
    }
    ScalarKernels.INSTANCE.runQuantise(values, scales, sums, i, to);
  }

  private static void add(DoubleVector value, double[] scales, long[] sums, int at) {
    LongVector rounded =
        value
            .mul(DoubleVector.fromArray(DOUBLES, scales, at))
            .add(ScalarKernels.ROUND)
            .reinterpretAsLongs()
            .sub(ScalarKernels.ROUND_BITS);
    LongVector.fromArray(rounded.species(), sums, at).add(rounded).intoArray(sums, at);
  }
}
