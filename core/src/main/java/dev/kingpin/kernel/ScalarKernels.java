package dev.kingpin.kernel;

import org.jspecify.annotations.Nullable;

/** The scalar twin: plain loops that say what each operation means. */
final class ScalarKernels extends Kernels {

  static final ScalarKernels INSTANCE = new ScalarKernels();

  /**
   * Adding it to a double below 2^51 rounds that to an integer, which then stands in the low bits.
   */
  static final double ROUND = 0x1.8p52;

  static final long ROUND_BITS = 0x4338000000000000L;

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public ColumnKernels columns() {
    return ScalarColumns.INSTANCE;
  }

  @Override
  public AnswerKernels answers() {
    return ScalarAnswers.INSTANCE;
  }

  @Override
  public SquareKernels squares() {
    return ScalarSquares.INSTANCE;
  }

  @Override
  public ProductKernels products() {
    return ScalarProducts.INSTANCE;
  }

  @Override
  int lanes() {
    return 1;
  }

  @Override
  void runGemm(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    float[] factors = scratch.left(b.rows());
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(a.values(), a.rowStart(i), factors, 0, b.rows());
      accumulateRow(factors, b, c, i);
    }
  }

  @Override
  void runGemmTransposed(Matrix a, Matrix b, Matrix c, Scratch scratch) {
    float[] factors = scratch.left(b.rows());
    for (int i = 0; i < c.rows(); i++) {
      for (int k = 0; k < b.rows(); k++) {
        factors[k] = a.values()[a.rowStart(k) + i];
      }
      accumulateRow(factors, b, c, i);
    }
  }

  /** Row {@code row} of c += factors · b; four rows of b a pass. */
  private static void accumulateRow(float[] factors, Matrix b, Matrix c, int row) {
    float[] from = b.values();
    float[] to = c.values();
    int n = b.columns();
    int at = c.rowStart(row);
    int k = 0;
    for (; k + 3 < b.rows(); k += 4) {
      float f0 = factors[k];
      float f1 = factors[k + 1];
      float f2 = factors[k + 2];
      float f3 = factors[k + 3];
      int b0 = b.rowStart(k);
      int b1 = b0 + b.stride();
      int b2 = b1 + b.stride();
      int b3 = b2 + b.stride();
      for (int j = 0; j < n; j++) {
        float sum = Math.fma(f1, from[b1 + j], Math.fma(f0, from[b0 + j], to[at + j]));
        to[at + j] = Math.fma(f3, from[b3 + j], Math.fma(f2, from[b2 + j], sum));
      }
    }
    for (; k < b.rows(); k++) {
      int b0 = b.rowStart(k);
      for (int j = 0; j < n; j++) {
        to[at + j] = Math.fma(factors[k], from[b0 + j], to[at + j]);
      }
    }
  }

  @Override
  public void logistic(LogisticRows rows) {
    logistic(rows, 0);
  }

  /** The entries from {@code from} on. */
  static void logistic(LogisticRows rows, int from) {
    for (int i = from; i < rows.length(); i++) {
      int at = rows.at() + i;
      float z = rows.scores()[at];
      float y = rows.targets()[i];
      float w = rows.weights()[rows.weightsAt() + i];
      float e = Elementary.exp(-Math.abs(z));
      float large = 1f / (e + 1f);
      float small = e * large;
      float p = z >= 0 ? large : small;
      float q = z >= 0 ? small : large;
      float curvature = p * q;
      rows.residuals()[at] = w * Math.fma(p, 1f - y, -(q * y));
      rows.curvatures()[at] = w * (curvature < rows.floor() ? rows.floor() : curvature);
      float margin = Math.fma(-y, z, z > 0 ? z : 0f);
      rows.losses()[at] = w * (margin + Elementary.log1p(e));
    }
  }

  @Override
  void runExp(float[] in, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Elementary.exp(in[i]);
    }
  }

  @Override
  void runLog(float[] in, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Elementary.log(in[i]);
    }
  }

  @Override
  void runSigmoid(float[] in, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Elementary.sigmoid(in[i]);
    }
  }

  @Override
  void runStandardise(
      Matrix raw,
      int @Nullable [] rows,
      int rowsOffset,
      float[] centre,
      float[] inverseScale,
      Matrix panel) {
    for (int i = 0; i < panel.rows(); i++) {
      int from = raw.rowStart(rows == null ? rowsOffset + i : rows[rowsOffset + i]);
      int to = panel.rowStart(i);
      for (int j = 0; j < panel.columns(); j++) {
        float value = (raw.values()[from + j] - centre[j]) * inverseScale[j];
        panel.values()[to + j] = Float.isNaN(value) ? 0f : value;
      }
    }
  }

  @Override
  void runQuantise(float[] values, double scale, long[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += quantised(values[i], scale);
    }
  }

  @Override
  void runQuantise(double[] values, double scale, long[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += quantised(values[i], scale);
    }
  }

  static long quantised(double value, double scale) {
    return Double.doubleToRawLongBits(value * scale + ROUND) - ROUND_BITS;
  }

  @Override
  void runMultiply(double[] a, int n, double[] x, double[] y, int at) {
    multiply(a, n, x, y, at, 0);
  }

  /** The entries from {@code first} on. */
  static void multiply(double[] a, int n, double[] x, double[] y, int at, int first) {
    for (int j = first; j < n; j++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum = Math.fma(a[i * n + j], x[at + i], sum);
      }
      y[at + j] = sum;
    }
  }

  @Override
  void runCholeskySolve(
      double[] a, double[] b, int p, int batch, double tolerance, boolean[] failed) {
    ScalarCholesky systems = new ScalarCholesky(a, b, p, batch, tolerance);
    for (int s = 0; s < batch; s++) {
      systems.solve(s, failed);
    }
  }
}
