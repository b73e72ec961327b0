package dev.kingpin.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin of {@link ColumnKernels}. Loaded with {@link VectorKernels} only. */
final class VectorColumns extends ColumnKernels {

  static final VectorColumns INSTANCE = new VectorColumns();

  private static final VectorSpecies<Float> SPECIES = VectorTile.SPECIES;
  private static final int LANES = VectorTile.LANES;
  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, SPECIES.vectorShape());
  private static final int DOUBLE_LANES = DOUBLES.length();

  private VectorColumns() {}

  @Override
  void runGather(Matrix raw, RowList rows, Columns columns) {
    int width = raw.columns();
    int[] starts = starts(raw, rows, columns.height());
    if (VectorTranspose.isPossible() && width >= VectorTranspose.SIDE) {
      transpose(raw.values(), starts, rows.count(), width, columns);
    } else {
      gather(raw.values(), starts, rows.count(), width, columns);
    }
  }

  /** Tile by tile; the last one of some rows overlaps the one before. */
  private static void transpose(float[] from, int[] starts, int rows, int width, Columns columns) {
    int last = width - VectorTranspose.SIDE;
    for (int i = 0; i < rows; i += VectorTranspose.SIDE) {
      for (int step = 0; step < width; step += VectorTranspose.SIDE) {
        VectorTranspose.tile(from, starts, i, Math.min(step, last), columns);
      }
    }
  }

  /** Vector by vector, a load for each lane. */
  private static void gather(float[] from, int[] starts, int rows, int width, Columns columns) {
    float[] to = columns.values();
    int at = columns.offset();
    int stride = columns.stride();
    for (int i = 0; i < rows; i += LANES) {
      for (int j = 0; j < width; j++) {
        FloatVector.fromArray(SPECIES, from, j, starts, i).intoArray(to, at + j * stride + i);
      }
    }
  }

  /** Where the rows start in the raw values; entries beyond the last row repeat it. */
  private static int[] starts(Matrix raw, RowList rows, int height) {
    int[] starts = new int[height];
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      starts[i] = raw.rowStart(rows.rows()[rows.from() + i]);
    }
    if (n > 0) {
      Arrays.fill(starts, n, height, starts[n - 1]);
    }
    return starts;
  }

  @Override
  void runStandardise(Columns x, float[] centre, float[] inverse) {
    for (int j = 0; j < x.count(); j++) {
      int at = x.start(j);
      for (int i = at; i < at + x.height(); i += LANES) {
        FloatVector value =
            FloatVector.fromArray(SPECIES, x.values(), i).sub(centre[j]).mul(inverse[j]);
        value.blend(0f, value.compare(VectorOperators.NE, value)).intoArray(x.values(), i);
      }
    }
  }

  @Override
  void runScores(Columns x, float[] weights, Columns scores) {
    VectorScores.run(x, weights, scores);
  }

  @Override
  void runDots(Columns a, Columns b, float[] out) {
    VectorDots.dots(a, b, out);
  }

  @Override
  void runGram(Columns a, Columns b, float[] out) {
    VectorDots.gram(a, b, out);
  }

  @Override
  void runGram(WideColumns x, double[] out) {
    VectorWideDots.gram(x, out);
  }

  @Override
  void runSums(Columns x, float[] out) {
    float[] chains = new float[CHAINS];
    for (int j = 0; j < x.count(); j++) {
      for (int lane = 0; lane < CHAINS; lane += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int from = x.start(j) + lane;
        for (int k = 0; k < x.height(); k += CHAINS) {
          sum = sum.add(FloatVector.fromArray(SPECIES, x.values(), from + k));
        }
        sum.intoArray(chains, lane);
      }
      out[j] = ScalarColumns.fold(chains, 0);
    }
  }

  @Override
  void runSums(Columns x, double[] out) {
    double[] chains = new double[WIDE_CHAINS];
    for (int j = 0; j < x.count(); j++) {
      for (int lane = 0; lane < WIDE_CHAINS; lane += DOUBLE_LANES) {
        DoubleVector sum = DoubleVector.zero(DOUBLES);
        int from = x.start(j) + lane;
        for (int k = 0; k < x.height(); k += WIDE_CHAINS) {
          sum = sum.add(VectorRows.widened(x.values(), from + k));
        }
        sum.intoArray(chains, lane);
      }
      out[j] = ScalarColumns.fold(chains, 0);
    }
  }

  @Override
  void runWeigh(Columns x, float[] factors, int at, Columns out) {
    float[] from = x.values();
    float[] to = out.values();
    for (int j = 0; j < x.count(); j++) {
      int p = x.start(j);
      int q = out.start(j);
      for (int i = 0; i < x.height(); i += LANES) {
        FloatVector.fromArray(SPECIES, from, p + i)
            .mul(FloatVector.fromArray(SPECIES, factors, at + i))
            .intoArray(to, q + i);
      }
    }
  }
}
